import type { ComponentChildren } from 'preact';
import type { DocumentSummaryView, DocumentView } from '../api/views.ts';
import { dateInWords, inWords, languageInWords, languageOf } from '../messages/in-words.ts';
import { messages } from '../messages/messages.ts';
import { AuthorityBadge } from '../parts/authority-badge.tsx';
import { useFetched } from '../parts/use-fetched.ts';
import { documentPath } from '../state/route.ts';

/** What is known of a document besides its text. */
export function DocumentFacts({ document: shown }: { readonly document: DocumentView }) {
  const t = messages.value;
  const { fields } = t.source;
  const { value } = useFetched<{ documents: readonly DocumentSummaryView[] }>('/api/documents');
  const all = value?.documents ?? [];
  const find = (ids: readonly string[]): readonly DocumentSummaryView[] => all.filter(({ id }) => ids.includes(id));
  const after = all.filter(({ supersedes }) => supersedes.includes(shown.id));
  const facts: readonly (readonly [string, ComponentChildren])[] = [
    [fields.kind, inWords(shown.kind, t.kind)],
    [fields.authority, <AuthorityBadge authority={shown.authority} />],
    [fields.status, inWords(shown.status, t.status)],
    [fields.date, dateInWords(shown.date)],
    [fields.language, languageInWords(shown.language)],
    [fields.parties, shown.parties.join(', ')],
    [fields.topics, shown.topics.join(', ')],
    [fields.note, shown.note ?? ''],
    [fields.supersedes, links(find(shown.supersedes))],
    [fields.supersededBy, links(after)],
    [fields.related, links(find(shown.related))],
    [fields.id, <code>{shown.id}</code>],
  ];
  return (
    <section class="about">
      <h2>{t.source.about}</h2>
      <dl>
        {facts
          .filter(([, value_]) => value_ !== '')
          .map(([name, value_]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value_}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}

function links(documents: readonly DocumentSummaryView[]): ComponentChildren {
  if (documents.length === 0) return '';
  return (
    <ul>
      {documents.map(({ id, title }) => (
        <li key={id}>
          <a href={documentPath(id)} lang={languageOf(title)}>
            {title}
          </a>
        </li>
      ))}
    </ul>
  );
}
