import { useMemo, useState } from 'preact/hooks';
import type { DocumentSummaryView } from '../api/views.ts';
import { filterDocuments, NO_FILTER } from '../corpus/filter-documents.ts';
import { dateInWords, inWords } from '../messages/in-words.ts';
import { messages } from '../messages/messages.ts';
import { AskDialog } from '../parts/ask-dialog.tsx';
import { useFetched } from '../parts/use-fetched.ts';
import { documentPath, idPath } from '../state/route.ts';
import { adminApi } from './admin-key.ts';

/** The documents, each of which may be deleted for good. */
export function HeldDocuments({ onChange }: { readonly onChange: () => void }) {
  const t = messages.value.admin;
  const [query, setQuery] = useState('');
  const [asked, setAsked] = useState<DocumentSummaryView>();
  const { value } = useFetched<{ documents: readonly DocumentSummaryView[] }>('/api/documents');
  const shown = useMemo(() => filterDocuments(value?.documents ?? [], { ...NO_FILTER, query }), [value, query]);
  const remove = async (id: string): Promise<void> => {
    await adminApi.send(`/api/documents/${idPath(id)}`, { method: 'DELETE' });
    onChange();
  };
  return (
    <section>
      <h2>{t.documents}</h2>
      <input
        type="search"
        value={query}
        placeholder={t.search}
        aria-label={t.search}
        onInput={(event) => setQuery(event.currentTarget.value)}
      />
      <ul class="held">
        {shown.map((document) => (
          <Held key={document.id} document={document} onRemove={setAsked} />
        ))}
      </ul>
      {asked && (
        <AskDialog
          title={t.removeTitle}
          accept={t.remove}
          grave
          onAccept={() => void remove(asked.id)}
          onClose={() => setAsked(undefined)}
        >
          <p>{t.removeText(asked.title)}</p>
        </AskDialog>
      )}
    </section>
  );
}

interface HeldProps {
  readonly document: DocumentSummaryView;
  readonly onRemove: (document: DocumentSummaryView) => void;
}

function Held({ document, onRemove }: HeldProps) {
  const t = messages.value.admin;
  const { id, title, language, date, origin, chunks, embedded } = document;
  const facts = [
    dateInWords(date, 'short'),
    inWords(origin, t.origins),
    t.chunksOf(chunks),
    ...(embedded < chunks ? [t.pending(chunks - embedded)] : []),
  ];
  return (
    <li>
      <a href={documentPath(id)} lang={language}>
        {title}
      </a>
      <span class="hint">{facts.join(' · ')}</span>
      <button type="button" class="plain" aria-label={`${t.remove}: ${title}`} onClick={() => onRemove(document)}>
        {t.remove}
      </button>
    </li>
  );
}
