import type { Citation } from '../domain.ts';
import type { JsonObject, Saying } from './channel.ts';
import { MARKDOWN_MARKUP, type Markup } from './markup.ts';
import { describeStanding, packBlocks, renderMessages } from './render-messages.ts';
import { renderSources } from './render-sources.ts';

/** Teams reads HTML in Markdown, so what makes HTML is named instead of escaped. */
const MARKUP: Markup = {
  ...MARKDOWN_MARKUP,
  escape: escapeTeams,
  link: (label, url) => `[${escapeTeams(label)}](${url})`,
  italic: (text) => `_${escapeTeams(text)}_`,
};
/** A message holds about 28 KB, the citations' data included. */
const FORM = { markup: MARKUP, limit: 5_000, measure: (text: string): number => Buffer.byteLength(text) / 2 };
/** What Teams shows of a citation when its marker is pointed at. */
const LONGEST_NAME = 80;
const LONGEST_ABSTRACT = 160;

/** Messages with schema.org claims: Teams shows each marker as a citation, below the label of generated content. */
export function renderTeams(saying: Saying): readonly JsonObject[] {
  if (saying.kind === 'words') return [{ type: 'message', textFormat: 'markdown', text: MARKUP.escape(saying.text) }];
  const { response } = saying;
  const texts =
    saying.kind === 'answer' ? renderMessages(response, FORM) : packBlocks(renderSources(response, MARKUP), FORM);
  return texts.map((text) => {
    const cited = response.citations.filter(({ marker }) => text.includes(`[${marker}]`));
    return {
      type: 'message',
      textFormat: 'markdown',
      text,
      entities: [entityOf(cited, response.language)],
      channelData: { feedbackLoop: { type: 'default' } },
    };
  });
}

function escapeTeams(text: string): string {
  const named = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return MARKDOWN_MARKUP.escape(named);
}

/** Teams takes one root entity a message. */
function entityOf(cited: readonly Citation[], language: 'en' | 'hi' | 'ja' | 'ta'): JsonObject {
  return {
    type: 'https://schema.org/Message',
    '@type': 'Message',
    '@context': 'https://schema.org',
    '@id': '',
    additionalType: ['AIGeneratedContent'],
    citation: cited.map((citation) => ({
      '@type': 'Claim',
      position: citation.marker,
      appearance: {
        '@type': 'DigitalDocument',
        name: cut(citation.title, LONGEST_NAME),
        url: citation.uri,
        abstract: cut(citation.quote, LONGEST_ABSTRACT),
        keywords: [cut(describeStanding(citation, language), 28)],
      },
    })),
  };
}

function cut(text: string, length: number): string {
  const characters = Array.from(text);
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`;
}
