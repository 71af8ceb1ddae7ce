import { useMemo, useState } from 'preact/hooks';
import type { DocumentSummaryView } from '../api/views.ts';
import { messages } from '../messages/messages.ts';
import { ProblemBox } from '../parts/problem-box.tsx';
import { useFetched } from '../parts/use-fetched.ts';
import { CorpusFilters } from './corpus-filters.tsx';
import { DocumentTable } from './document-table.tsx';
import { filterDocuments, NO_FILTER } from './filter-documents.ts';
import { Timeline } from './timeline.tsx';

const SHAPES = ['timeline', 'table'] as const;

/** Everything that answers are quoted from, as a picture and as a table. */
export function CorpusView() {
  const t = messages.value.corpus;
  const { value, problem, retry } = useFetched<{ documents: readonly DocumentSummaryView[] }>('/api/documents');
  return (
    <div class="corpus">
      <header>
        <h1>{t.title}</h1>
        <p>{t.lead}</p>
      </header>
      {problem && <ProblemBox problem={problem} onRetry={retry} />}
      {!problem && !value && <p class="loading">{messages.value.loading}</p>}
      {value && <Documents documents={value.documents} />}
    </div>
  );
}

function Documents({ documents }: { readonly documents: readonly DocumentSummaryView[] }) {
  const t = messages.value.corpus;
  const [shape, setShape] = useState<(typeof SHAPES)[number]>('timeline');
  const [filter, setFilter] = useState(NO_FILTER);
  const shown = useMemo(() => filterDocuments(documents, filter), [documents, filter]);
  return (
    <>
      <div class="corpus-controls">
        <div class="segments" role="group" aria-label={t.title}>
          {SHAPES.map((name) => (
            <button key={name} type="button" aria-pressed={shape === name} onClick={() => setShape(name)}>
              {t[name]}
            </button>
          ))}
        </div>
        <CorpusFilters {...{ documents, filter, setFilter }} />
      </div>
      <p class="hint" role="status">
        {t.count(shown.length, documents.length)}
      </p>
      {shown.length === 0 ? (
        <div class="none">
          <p>{t.none}</p>
          <button type="button" class="plain" onClick={() => setFilter(NO_FILTER)}>
            {t.reset}
          </button>
        </div>
      ) : shape === 'timeline' ? (
        <Timeline documents={shown} />
      ) : (
        <DocumentTable documents={shown} />
      )}
    </>
  );
}
