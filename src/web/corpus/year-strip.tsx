import type { DocumentSummaryView } from '../api/views.ts';
import { numberInWords } from '../messages/in-words.ts';
import { messages } from '../messages/messages.ts';
import { momentOf, yearPeriod, type Period } from './time-scale.ts';

interface StripProps {
  readonly documents: readonly DocumentSummaryView[];
  readonly whole: Period;
  readonly period: Period;
  readonly setPeriod: (period: Period | undefined) => void;
}

/** How many instruments each year has; a year pressed is looked at closely, pressed again it is let go. */
export function YearStrip({ documents, whole, period, setPeriod }: StripProps) {
  const t = messages.value.corpus;
  const first = new Date(whole.from).getUTCFullYear();
  const years = Array.from({ length: new Date(whole.to).getUTCFullYear() - first }, (_none, index) => first + index);
  const counts = years.map((year) => documents.filter(({ date }) => date?.startsWith(String(year))).length);
  const most = Math.max(...counts, 1);
  return (
    <div class="years" role="group" aria-label={t.whole}>
      {years.map((year, index) => {
        const own = yearPeriod(year);
        const count = counts[index] ?? 0;
        const pressed = period.from === own.from && period.to === own.to;
        const covered = own.to > period.from && own.from < period.to;
        return (
          <button
            key={year}
            type="button"
            class={covered ? 'year covered' : 'year'}
            aria-pressed={pressed}
            disabled={momentOf(`${year}`) === whole.from && years.length === 1}
            onClick={() => setPeriod(pressed ? undefined : own)}
          >
            <span class="unseen">{`${year}: ${t.count(count, count)}`}</span>
            <span class="year-count" aria-hidden="true">
              {count > 0 ? numberInWords(count) : ''}
            </span>
            <span class="year-bar" style={{ blockSize: `${(count / most) * 2.5}rem` }} />
            <span class="year-name" aria-hidden="true">{`’${String(year).slice(2)}`}</span>
          </button>
        );
      })}
    </div>
  );
}
