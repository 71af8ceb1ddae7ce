import type { Placed } from './timeline.tsx';
import { ticksOf, type Period } from './time-scale.ts';

interface RelationsProps {
  readonly placed: readonly Placed[];
  readonly period: Period;
  readonly selected: string | undefined;
  readonly rowPx: number;
  readonly mostTicks: number;
}

interface Relation {
  readonly from: Placed;
  readonly to: Placed;
  readonly kind: 'related' | 'supersedes';
}

/** Lines of the years, and curves between instruments that relate. Its width is 100, whatever the window's. */
export function Relations({ placed, period, selected, rowPx, mostTicks }: RelationsProps) {
  const height = Math.max(placed.length, 1) * rowPx;
  const relations = findRelations(placed);
  const isSelected = ({ from, to }: Relation): boolean => [from.document.id, to.document.id].includes(selected ?? '');
  return (
    <svg class="relations" viewBox={`0 0 100 ${height}`} height={height} preserveAspectRatio="none" aria-hidden="true">
      {ticksOf(period, mostTicks).map(({ at, date }) => (
        <line key={date} class="tick" x1={at * 100} x2={at * 100} y1={0} y2={height} />
      ))}
      {relations.map((relation, index) => (
        <path
          key={index}
          class={`relation ${relation.kind} ${isSelected(relation) ? 'selected' : ''}`}
          d={curve(relation)}
        />
      ))}
    </svg>
  );
}

function findRelations(placed: readonly Placed[]): Relation[] {
  const byId = new Map(placed.map((one) => [one.document.id, one]));
  const seen = new Set<string>();
  return placed.flatMap((from) => {
    const { id, related, supersedes } = from.document;
    return (['supersedes', 'related'] as const).flatMap((kind) =>
      (kind === 'related' ? related : supersedes).flatMap((other): Relation[] => {
        const to = byId.get(other);
        const pair = [id, other].toSorted().join(' ');
        if (!to || seen.has(pair)) return [];
        seen.add(pair);
        return [{ from, to, kind }];
      }),
    );
  });
}

/** Bows to the right of both ends, away from the titles, further the further they are apart. */
function curve({ from, to }: Relation): string {
  const [x1, x2] = [from.x * 100, to.x * 100];
  const bow = Math.max(x1, x2) + Math.min(1.5 + Math.abs(from.y - to.y) / 90, 12);
  return `M${x1} ${from.y}C${bow} ${from.y} ${bow} ${to.y} ${x2} ${to.y}`;
}
