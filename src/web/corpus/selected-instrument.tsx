import type { DocumentSummaryView } from '../api/views.ts';
import { CitationFacts } from '../ask/citation-facts.tsx';
import { messages } from '../messages/messages.ts';
import { Icon } from '../parts/icon.tsx';
import { documentPath } from '../state/route.ts';

interface SelectedProps {
  readonly chosen: DocumentSummaryView;
  readonly documents: readonly DocumentSummaryView[];
  readonly onSelect: (id: string | undefined) => void;
}

/** The instrument selected in the timeline, with its relations in words. */
export function SelectedInstrument({ chosen, documents, onSelect }: SelectedProps) {
  const t = messages.value;
  const { fields } = t.source;
  const { id, title, language } = chosen;
  const find = (ids: readonly string[]) => documents.filter((other) => ids.includes(other.id));
  const related = documents.filter((other) => chosen.related.includes(other.id) || other.related.includes(id));
  const groups: readonly (readonly [string, readonly DocumentSummaryView[]])[] = [
    [fields.supersedes, find(chosen.supersedes)],
    [fields.supersededBy, documents.filter((other) => other.supersedes.includes(id))],
    [fields.related, related],
  ];
  return (
    <aside class="selected" aria-label={title} aria-live="polite">
      <div class="selected-head">
        <h2 lang={language}>
          <a href={documentPath(id)}>{title}</a>
        </h2>
        <button type="button" class="quiet" aria-label={t.source.close} onClick={() => onSelect(undefined)}>
          <Icon name="close" />
        </button>
      </div>
      <CitationFacts citation={chosen} />
      {groups
        .filter(([, members]) => members.length > 0)
        .map(([name, members]) => (
          <div key={name} class="selected-group">
            <h3>{name}</h3>
            <ul>
              {members.map((other) => (
                <li key={other.id}>
                  <button type="button" lang={other.language} onClick={() => onSelect(other.id)}>
                    {other.title}
                  </button>
                </li>
              ))}
            </ul>
          </div>
        ))}
    </aside>
  );
}
