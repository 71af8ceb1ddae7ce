import type { CitationView, DocumentView } from '../api/views.ts';
import { CitationFacts } from '../ask/citation-facts.tsx';
import { CopyButton } from '../ask/answer-actions.tsx';
import { languageOf } from '../messages/in-words.ts';
import { messages } from '../messages/messages.ts';
import { AuthorityGlyph } from '../parts/authority-glyph.tsx';
import { Icon } from '../parts/icon.tsx';
import { ProblemBox } from '../parts/problem-box.tsx';
import { useFetched } from '../parts/use-fetched.ts';
import { closePanel, openPanel } from '../state/panel.ts';
import { documentPath, idPath } from '../state/route.ts';
import { DocumentFacts } from './document-facts.tsx';
import { DocumentText } from './document-text.tsx';
import { Basis } from './sources-list.tsx';
import type { Range } from './text-pieces.ts';

interface SourceProps {
  readonly citation: CitationView;
  readonly citations: readonly CitationView[];
}

/** The document behind a citation, opened at the quote. */
export function SourceView({ citation, citations }: SourceProps) {
  const { documentId, title } = citation;
  const { value, problem, retry } = useFetched<DocumentView>(`/api/documents/${idPath(documentId)}`);
  const t = messages.value.source;
  return (
    <>
      <PanelHead {...{ citation, citations }} />
      <div class="masthead">
        <h2 lang={languageOf(title)}>{title}</h2>
        <CitationFacts citation={citation} />
        <Basis {...citation} />
      </div>
      <div class="panel-body" tabIndex={0} role="region" aria-label={title}>
        {problem && <ProblemBox problem={problem} onRetry={retry} />}
        {!problem && !value && <p class="loading">{t.opening}</p>}
        {value && <Opened document={value} citation={citation} />}
      </div>
    </>
  );
}

function PanelHead({ citation, citations }: SourceProps) {
  const t = messages.value.source;
  const at = citations.indexOf(citation);
  const step = (to: number) => (): void => {
    const next = citations[to];
    if (next) openPanel({ kind: 'source', citation: next, citations });
  };
  return (
    <header class="panel-head">
      <span class={`marker-still ${citation.authority}`}>
        <AuthorityGlyph authority={citation.authority} />
        {t.position(citation.marker, citations.length)}
      </span>
      <button type="button" class="quiet" aria-label={t.previous} disabled={at <= 0} onClick={step(at - 1)}>
        <Icon name="left" />
      </button>
      <button
        type="button"
        class="quiet"
        aria-label={t.next}
        disabled={at >= citations.length - 1}
        onClick={step(at + 1)}
      >
        <Icon name="right" />
      </button>
      <span class="grow" />
      <CopyButton icon="link" label={t.copyLink} text={() => citation.uri} />
      <a class="action" href={documentPath(citation.documentId, citation)} title={t.page}>
        <Icon name="book" />
        <span>{t.page}</span>
      </a>
      <button type="button" class="quiet" aria-label={t.close} title={t.close} onClick={closePanel}>
        <Icon name="close" />
      </button>
    </header>
  );
}

function Opened({ document: opened, citation }: { readonly document: DocumentView; readonly citation: CitationView }) {
  const range = findQuote(opened.text, citation);
  return (
    <>
      {!range && <p class="problem">{messages.value.source.moved}</p>}
      <DocumentText text={opened.text} language={opened.language} marked={range} />
      <DocumentFacts document={opened} />
    </>
  );
}

/** Where the quote stands: where the citation says, or, in a document that has changed since, where it is now. */
function findQuote(text: string, { quote, start, end }: CitationView): Range | undefined {
  if (text.slice(start, end) === quote) return { start, end };
  const moved = text.indexOf(quote);
  return moved === -1 ? undefined : { start: moved, end: moved + quote.length };
}
