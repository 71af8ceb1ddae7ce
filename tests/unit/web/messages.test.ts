import { expect, test } from 'vitest';
import { WORDING } from '../../../src/ask/wording.ts';
import { LANGUAGES } from '../../../src/domain.ts';
import { loadMessages } from '../../../src/web/messages/messages.ts';
import { widgetMessages } from '../../../src/web/widget/widget-messages.ts';

test.each(LANGUAGES)(
  'page, widget and every other door call a part of an answer by the same words in %s',
  async (language) => {
    const { turn } = await loadMessages(language);
    expect([turn.partial, widgetMessages(language).partial]).toEqual([
      WORDING[language].partial,
      WORDING[language].partial,
    ]);
  },
);
