import type { CitationView, SourceView } from './answer-view.ts';
import { element, outsideLink } from './element.ts';
import { authorityBadge, dateInWords, inWords, languageOf } from './in-words.ts';

/** The reference list of an answer. Ids are `{turn}-{marker}`: what its markers link to. */
export function renderCitations(citations: readonly CitationView[], turn: string): HTMLElement {
  const items = citations.map((citation) => renderCitation(citation, `${turn}-${citation.marker}`));
  return element('section', { class: 'references', 'aria-label': 'References' }, [
    element('h3', {}, [
      citations.length === 1 ? 'The quote it rests on' : `The ${citations.length} quotes it rests on`,
    ]),
    element('ol', {}, items),
  ]);
}

function renderCitation(citation: CitationView, id: string): HTMLElement {
  const { marker, title, uri, authority, status, date, quote } = citation;
  const open = { href: uri, target: '_blank', rel: 'noopener', class: 'source' };
  return element('li', { id, tabindex: '-1', class: `reference ${authority}` }, [
    element('span', { class: 'number', 'aria-hidden': 'true' }, [String(marker)]),
    element('blockquote', { cite: uri, lang: languageOf(quote) }, [quote.replaceAll(/\s+/g, ' ')]),
    element('a', open, [element('span', { lang: languageOf(title) }, [title]), ' ', arrow()]),
    element('p', { class: 'facts' }, [
      authorityBadge(authority),
      element('span', {}, [inWords(status)]),
      dateInWords(date),
    ]),
    ...renderBasis(citation),
  ]);
}

/** What the quoted text is: a brief of ours of its sources, or the source itself. */
function renderBasis({ textKind, sources }: CitationView): HTMLElement[] {
  if (sources.length === 0) {
    return textKind === 'brief'
      ? [element('p', { class: 'basis' }, ['Our summary (brief); not official wording.'])]
      : [];
  }
  const words = textKind === 'brief' ? 'Our summary (brief) of:' : 'The source’s own text, from:';
  const open = sources.length <= 2 ? '' : undefined;
  const summary = element('summary', {}, [`${words} ${countSources(sources)}`]);
  return [element('details', { class: 'basis', open }, [summary, renderSources(sources)])];
}

/** “3 sources (1 official, 2 news)”. */
function countSources(sources: readonly SourceView[]): string {
  const counts = new Map<string, number>();
  for (const { authority } of sources) counts.set(authority, (counts.get(authority) ?? 0) + 1);
  const shares = [...counts].map(([authority, count]) => `${count} ${authority}`).join(', ');
  return `${sources.length} ${sources.length === 1 ? 'source' : 'sources'} (${shares})`;
}

/** Publications, each with its publisher, authority and, where it has one, address. */
export function renderSources(sources: readonly SourceView[]): HTMLElement {
  const items = sources.map(({ title, publisher, url, authority, published }) =>
    element('li', {}, [
      outsideLink(url, title || publisher),
      element('span', { class: 'facts' }, [
        ...(publisher ? [element('span', {}, [publisher])] : []),
        authorityBadge(authority),
        ...(published === undefined ? [] : [dateInWords(published)]),
      ]),
    ]),
  );
  return element('ul', { class: 'sources' }, items);
}

function arrow(): HTMLElement {
  return element('span', { class: 'arrow' }, [
    element('span', { 'aria-hidden': 'true' }, ['→']),
    element('span', { class: 'unseen' }, ['(opens the source view in a new tab)']),
  ]);
}
