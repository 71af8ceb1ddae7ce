import { dateInWords, inWords } from '../messages/in-words.ts';
import { messages } from '../messages/messages.ts';
import { AuthorityGlyph } from '../parts/authority-glyph.tsx';
import type { Placed } from './timeline.tsx';

interface RowProps {
  readonly placed: Placed;
  readonly selected: string | undefined;
  readonly onSelect: (id: string | undefined) => void;
}

/** An instrument at its date; its title stands on the side that has room. */
export function TimelineRow({ placed: { document, x }, selected, onSelect }: RowProps) {
  const t = messages.value;
  const { id, title, language, authority, date, kind } = document;
  const left = x > 0.5;
  const isSelected = selected === id;
  const place = left
    ? { insetInlineEnd: `calc(${(1 - x) * 100}% - 0.9rem)` }
    : { insetInlineStart: `calc(${x * 100}% - 0.9rem)` };
  return (
    <li>
      <button
        type="button"
        class={`event ${authority} ${left ? 'before' : 'after'}`}
        style={{ ...place, maxInlineSize: `calc(${(left ? x : 1 - x) * 100}% + 0.9rem)` }}
        aria-pressed={isSelected}
        onClick={() => onSelect(isSelected ? undefined : id)}
      >
        <AuthorityGlyph authority={authority} />
        <span class="event-title" lang={language}>
          {title}
        </span>
        <span class="event-kind">{inWords(kind, t.kind)}</span>
        <span class="unseen">{`${t.authority[authority]}, ${dateInWords(date)}`}</span>
      </button>
    </li>
  );
}
