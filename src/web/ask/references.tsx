import type { CitationView } from '../api/views.ts';
import { languageOf } from '../messages/in-words.ts';
import { messages } from '../messages/messages.ts';
import { openPanel } from '../state/panel.ts';
import { Basis } from '../source/sources-list.tsx';
import { documentPath } from '../state/route.ts';
import { CitationFacts } from './citation-facts.tsx';
import { Quote } from './quote.tsx';

/** The quotes an answer rests on, as footnotes; each opens its source. */
export function References({ citations }: { readonly citations: readonly CitationView[] }) {
  const t = messages.value.turn;
  return (
    <section class="references">
      <h3>{t.references}</h3>
      <ol>
        {citations.map((citation) => (
          <Reference key={citation.marker} {...{ citation, citations }} />
        ))}
      </ol>
    </section>
  );
}

interface ReferenceProps {
  readonly citation: CitationView;
  readonly citations: readonly CitationView[];
}

function Reference({ citation, citations }: ReferenceProps) {
  const { marker, documentId, title, quote, authority, alsoIn = [] } = citation;
  const open = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    openPanel({ kind: 'source', citation, citations });
  };
  return (
    <li class={`reference ${authority}`}>
      <span class="number" aria-hidden="true">
        {marker}
      </span>
      <Quote text={quote} />
      <a class="source" href={documentPath(documentId, citation)} lang={languageOf(title)} onClick={open}>
        {title}
      </a>
      <CitationFacts citation={citation} />
      {citation.textKind === 'brief' && <Basis {...citation} />}
      {alsoIn.map((other) => (
        <p key={other.documentId} class="facts">
          {messages.value.turn.alsoIn}{' '}
          <a href={documentPath(other.documentId)} lang={languageOf(other.title)}>
            {other.title}
          </a>
        </p>
      ))}
      <p class="print-only">{citation.uri}</p>
    </li>
  );
}
