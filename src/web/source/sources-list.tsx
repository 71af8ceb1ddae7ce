import type { SourceView } from '../api/views.ts';
import { dateInWords, languageOf } from '../messages/in-words.ts';
import { messages } from '../messages/messages.ts';
import { AuthorityBadge } from '../parts/authority-badge.tsx';
import { Icon } from '../parts/icon.tsx';

/** Publications, each with its publisher, authority and, where it has one, address. */
export function SourcesList({ sources }: { readonly sources: readonly SourceView[] }) {
  return (
    <ul class="sources">
      {sources.map(({ title, publisher, url, authority, published }, index) => (
        <li key={index}>
          <OutsideLink url={url} text={title || publisher} />
          <span class="facts">
            {publisher !== '' && <span>{publisher}</span>}
            <AuthorityBadge authority={authority} />
            {published !== undefined && <time dateTime={published}>{dateInWords(published)}</time>}
          </span>
        </li>
      ))}
    </ul>
  );
}

interface LinkProps {
  readonly url: string | undefined;
  readonly text: string;
}

/** A link to another site, opened beside this page and told nothing about it. Other schemes than the web's are no link. */
function OutsideLink({ url, text }: LinkProps) {
  const lang = languageOf(text);
  if (url === undefined || !/^https?:\/\//i.test(url)) return <span lang={lang}>{text}</span>;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer" lang={lang}>
      {text} <Icon name="outside" />
      <span class="unseen">{messages.value.source.outside}</span>
    </a>
  );
}

interface BasisProps {
  readonly textKind: 'brief' | 'source';
  readonly sources: readonly SourceView[];
}

/** What the text is — a brief of ours, or the source's own words — and the sources, one click away. */
export function Basis({ textKind, sources }: BasisProps) {
  const t = messages.value.source;
  const brief = textKind === 'brief';
  if (sources.length === 0) return <p class={brief ? 'basis' : 'basis own-text'}>{brief ? t.brief : t.ownText}</p>;
  return (
    <details class={brief ? 'basis' : 'basis own-text'}>
      <summary>{brief ? t.briefRests(nameSources(sources)) : `${t.ownText} ${t.ownTextFrom(sources.length)}`}</summary>
      {brief && <p class="hint">{t.briefWording}</p>}
      <SourcesList sources={sources} />
    </details>
  );
}

/** As many publishers are named as a line holds; of the others, how many there are. */
const NAMED = 2;

/** Who published the sources of a brief. */
export function nameSources(sources: readonly SourceView[]): string {
  const names = [...new Set(sources.map(({ publisher, title }) => publisher || title))];
  const first = names.slice(0, NAMED).join(', ');
  return names.length > NAMED ? messages.value.source.others(first, names.length - NAMED) : first;
}
