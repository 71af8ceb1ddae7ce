import { useEffect, useMemo } from 'preact/hooks';
import type { DocumentView as DocumentOfApi } from '../api/views.ts';
import { CitationFacts } from '../ask/citation-facts.tsx';
import { messages } from '../messages/messages.ts';
import { ProblemBox } from '../parts/problem-box.tsx';
import { useFetched, type Fetched } from '../parts/use-fetched.ts';
import { ask } from '../state/conversation.ts';
import { idPath, navigate } from '../state/route.ts';
import { DocumentFacts } from './document-facts.tsx';
import { DocumentText } from './document-text.tsx';
import { Basis } from './sources-list.tsx';
import { readRange } from './text-pieces.ts';

/** A document's own page; the address may name a range to mark. */
export function DocumentView({ id, hash }: { readonly id: string; readonly hash: string }) {
  const { value, problem, retry } = useFetched<DocumentOfApi>(`/api/documents/${idPath(id)}`);
  const t = messages.value;
  const missing = id === '' || [400, 404].includes(problem?.status ?? 0);
  const title = missing ? t.source.notFound : value?.title;
  useEffect(() => {
    if (title !== undefined) document.title = `${title} · ${t.name}`;
  }, [title, t]);
  if (missing) return <Missing />;
  if (value) return <Opened document={value} hash={hash} />;
  return <Waiting problem={problem} retry={retry} />;
}

function Waiting({ problem, retry }: Pick<Fetched<DocumentOfApi>, 'problem' | 'retry'>) {
  if (problem) return <ProblemBox problem={problem} onRetry={retry} />;
  return <p class="loading">{messages.value.source.opening}</p>;
}

function Missing() {
  const t = messages.value;
  return (
    <section class="nothing" role="alert">
      <h1>{t.source.notFound}</h1>
      <p>{t.source.notFoundText}</p>
      <p>
        <a href="/corpus">{t.abstention.browse}</a>
      </p>
    </section>
  );
}

function Opened({ document: opened, hash }: { readonly document: DocumentOfApi; readonly hash: string }) {
  const { title, language, text, textKind, sources } = opened;
  const t = messages.value.source;
  const marked = useMemo(() => readRange(hash, text.length), [hash, text]);
  const askAbout = (): void => {
    navigate('/');
    void ask(t.askText(title));
  };
  return (
    <article class="document">
      <header class="masthead">
        <h1 lang={language}>{title}</h1>
        <CitationFacts citation={opened} />
        <Basis textKind={textKind} sources={sources} />
        <button type="button" class="plain" onClick={askAbout}>
          {t.ask}
        </button>
      </header>
      <DocumentText text={text} language={language} marked={marked} />
      <DocumentFacts document={opened} />
    </article>
  );
}
