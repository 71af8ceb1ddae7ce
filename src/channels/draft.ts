import type { CitedSentence } from '../ask/cite.ts';
import { composeText } from '../ask/compose.ts';
import type { AnswerSentence, Citation, Language } from '../domain.ts';
import type { Renderable } from './render-messages.ts';

/** An answer that is shown while it grows. */
export interface Draft {
  readonly add: (sentence: CitedSentence) => void;
  /** Shows nothing more. Resolves when what is on its way has arrived. */
  readonly end: () => Promise<void>;
}

export interface DraftOptions {
  readonly language: Language;
  /** At least so long before the first sight of it, and between two. */
  readonly everyMs: number;
  /** Puts it where the reader sees it, in the place of what was shown before. */
  readonly show: (soFar: Renderable) => Promise<void>;
  /** It could not be shown; then it is not tried again. */
  readonly onFailure: (error: unknown) => void;
}

/** Shows verified sentences as they come: not those of an answer that is soon whole, and never more often than a tool takes. */
export function createDraft({ language, everyMs, show, onFailure }: DraftOptions): Draft {
  const [sentences, citations]: [AnswerSentence[], Citation[]] = [[], []];
  let shown = 0;
  let showing = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  const showAll = async (): Promise<void> => {
    shown = sentences.length;
    try {
      // With its framing: what rests on news or commentary alone says so from its first sight.
      const answer = composeText(sentences, citations, { language });
      await show({ answer, citations: [...citations], language });
    } catch (error) {
      ended = true;
      onFailure(error);
    }
    timer = undefined;
    plan();
  };
  const plan = (): void => {
    if (ended || timer || shown === sentences.length) return;
    timer = setTimeout(() => {
      showing = showAll();
    }, everyMs);
  };
  return {
    add({ sentence, added }) {
      sentences.push(sentence);
      citations.push(...added);
      plan();
    },
    async end() {
      ended = true;
      clearTimeout(timer);
      await showing;
    },
  };
}
