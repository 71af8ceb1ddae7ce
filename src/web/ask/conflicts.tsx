import { AUTHORITIES, type CitationView, type ConflictView } from '../api/views.ts';
import { languageOf } from '../messages/in-words.ts';
import { messages } from '../messages/messages.ts';
import { Basis } from '../source/sources-list.tsx';
import { openPanel } from '../state/panel.ts';
import { CitationFacts } from './citation-facts.tsx';
import { Quote } from './quote.tsx';

interface ConflictsProps {
  readonly conflicts: readonly ConflictView[];
  readonly citations: readonly CitationView[];
}

/** Where sources give different values for one thing: both sides, side by side. */
export function Conflicts({ conflicts, citations }: ConflictsProps) {
  const t = messages.value.conflict;
  if (conflicts.length === 0) return null;
  return (
    <section class="conflict">
      <h3>
        <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
          <path d="M4 7h11M12 4l3 3-3 3M16 13H5M8 10l-3 3 3 3" />
        </svg>
        {t.title}
      </h3>
      <p class="hint">{t.lead}</p>
      {conflicts.map(({ sides }, index) => {
        const cited = sides.flatMap(({ marker }) => citations.find((one) => one.marker === marker) ?? []);
        return <Sides key={index} sides={cited} citations={citations} />;
      })}
    </section>
  );
}

interface SidesProps {
  readonly sides: readonly CitationView[];
  readonly citations: readonly CitationView[];
}

function Sides({ sides, citations }: SidesProps) {
  const t = messages.value.conflict;
  const latest = only(sides, ({ date }) => date ?? '', 1);
  const official = only(sides, ({ authority }) => AUTHORITIES.indexOf(authority), -1);
  return (
    <ul class="sides">
      {sides.map((citation) => (
        <li key={citation.marker} class={citation.authority}>
          <Quote text={citation.quote} />
          <button
            type="button"
            class="source"
            lang={languageOf(citation.title)}
            onClick={() => openPanel({ kind: 'source', citation, citations })}
          >
            {citation.title}
          </button>
          <CitationFacts citation={citation} />
          {citation.textKind === 'brief' && <Basis {...citation} />}
          <p class="weights">
            {latest === citation && <span>{t.later}</span>}
            {official === citation && <span>{t.moreOfficial}</span>}
          </p>
        </li>
      ))}
    </ul>
  );
}

/** The one side that leads the others by a measure; none when two are equal. */
function only(
  sides: readonly CitationView[],
  measure: (side: CitationView) => string | number,
  direction: 1 | -1,
): CitationView | undefined {
  const sorted = sides.toSorted((a, b) => (measure(a) < measure(b) ? direction : -direction));
  const [first, second] = sorted;
  return first && second && measure(first) !== measure(second) ? first : undefined;
}
