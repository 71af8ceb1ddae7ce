import type { AnswerResponse } from '../answer-response.ts';
import { CHANNEL_WORDS } from './channel-words.ts';
import type { JsonObject, Saying } from './channel.ts';
import { packBlocks, renderMessages, type Renderable } from './render-messages.ts';
import { renderSources } from './render-sources.ts';
import { readRuns, STYLED_MARKUP, visibleLength } from './styled-text.ts';

/** Slack takes some 13,000 characters of blocks in one message, addresses included. */
const FORM = { markup: STYLED_MARKUP, limit: 9_000, measure: (text: string): number => text.length };
/** A notification shows the beginning. */
const LONGEST_FALLBACK = 1_000;

/** Rich text: its text elements are shown to the letter, so that nothing in a quote is a mention, a link or markup. */
export function renderSlack(saying: Saying): readonly JsonObject[] {
  if (saying.kind === 'words') return [messageOf(STYLED_MARKUP.escape(saying.text))];
  const { response } = saying;
  if (saying.kind === 'sources')
    return packBlocks(renderSources(response, STYLED_MARKUP), FORM).map((text) => messageOf(text));
  const messages = renderMessages(response, FORM);
  return messages.map((text, index) =>
    index === messages.length - 1 ? messageOf(text, [buttonsOf(response)]) : messageOf(text),
  );
}

/** What there is so far of an answer, as far as one message holds it. */
export function renderSlackDraft(soFar: Renderable): JsonObject {
  return messageOf(renderMessages(soFar, FORM)[0] ?? '');
}

function messageOf(text: string, blocks: readonly JsonObject[] = []): JsonObject {
  const elements = readRuns(text).map(({ text: words, url, italic }) =>
    url === undefined
      ? { type: 'text', text: words, ...(italic && { style: { italic } }) }
      : { type: 'link', url, text: words },
  );
  const rich = { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
  return { text: fallbackOf(text), blocks: [rich, ...blocks], unfurl_links: false, unfurl_media: false };
}

/** The text of the notification. */
function fallbackOf(text: string): string {
  const plain = readRuns(text)
    .map((run) => run.text)
    .join('');
  const cut = visibleLength(text) > LONGEST_FALLBACK ? `${plain.slice(0, LONGEST_FALLBACK)}…` : plain;
  return cut.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function buttonsOf({ askId, citations, language }: AnswerResponse): JsonObject {
  const words = CHANNEL_WORDS[language];
  const button = (id: string, label: string): JsonObject => ({
    type: 'button',
    action_id: id,
    value: askId,
    text: { type: 'plain_text', text: label, emoji: true },
  });
  const elements = [
    button('feedback_up', `👍 ${words.helpful}`),
    button('feedback_down', `👎 ${words.notHelpful}`),
    ...(citations.length > 0 ? [button('show_sources', words.showSources)] : []),
  ];
  return { type: 'actions', elements };
}
