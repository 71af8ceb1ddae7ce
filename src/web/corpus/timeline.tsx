import { useMemo, useState } from 'preact/hooks';
import type { DocumentSummaryView } from '../api/views.ts';
import { dateInWords } from '../messages/in-words.ts';
import { messages } from '../messages/messages.ts';
import { documentPath } from '../state/route.ts';
import { narrow } from '../state/viewport.ts';
import { Relations } from './relations.tsx';
import { SelectedInstrument } from './selected-instrument.tsx';
import { momentOf, PERIOD_SHARE, placeIn, ticksOf, yearPeriod, type Period } from './time-scale.ts';
import { TimelineRow } from './timeline-row.tsx';
import { YearStrip } from './year-strip.tsx';
import { ZoomControls } from './zoom-controls.tsx';

export interface Placed {
  readonly document: DocumentSummaryView;
  /** 0–1 of the width. */
  readonly x: number;
  /** Of the middle of its row, in pixels. */
  readonly y: number;
}

/** Instruments by date, one a row, with lines between those that relate: a picture that is a list. */
export function Timeline({ documents }: { readonly documents: readonly DocumentSummaryView[] }) {
  const t = messages.value.corpus;
  const [selected, setSelected] = useState<string>();
  const dated = useMemo(() => documents.filter(({ date }) => date !== null).toSorted(byDate), [documents]);
  const whole = useMemo(() => wholePeriod(dated), [dated]);
  const [zoomed, setPeriod] = useState<Period>();
  const period = zoomed ?? whole;
  const [rowPx, mostTicks] = narrow.value ? [44, 4] : [30, 9];
  const placed = place(dated, period, rowPx);
  const chosen = documents.find(({ id }) => id === selected);
  const [from, to] = [period.from, period.to].map((moment) => new Date(moment).toISOString().slice(0, 7));
  return (
    <section class="timeline" aria-label={t.picture(dateInWords(from ?? null), dateInWords(to ?? null))}>
      <YearStrip {...{ documents: dated, whole, period, setPeriod }} />
      <ZoomControls {...{ whole, period, setPeriod }} />
      <div class="axis" aria-hidden="true">
        {ticksOf(period, mostTicks).map(({ at, date }) => (
          <span key={date} style={{ insetInlineStart: `${at * 100}%` }}>
            {dateInWords(date, 'short')}
          </span>
        ))}
      </div>
      <div class="plot" style={{ '--row': `${rowPx}px` }}>
        <Relations {...{ placed, period, selected, rowPx, mostTicks }} />
        <ol>
          {placed.map((one) => (
            <TimelineRow key={one.document.id} placed={one} selected={selected} onSelect={setSelected} />
          ))}
        </ol>
      </div>
      {placed.length === 0 && <p class="hint">{t.none}</p>}
      <Undated documents={documents} />
      {chosen ? (
        <SelectedInstrument {...{ chosen, documents }} onSelect={setSelected} />
      ) : (
        <p class="hint">{t.relations}</p>
      )}
    </section>
  );
}

function byDate(a: DocumentSummaryView, b: DocumentSummaryView): number {
  return (a.date ?? '').localeCompare(b.date ?? '') || a.id.localeCompare(b.id);
}

function wholePeriod(dated: readonly DocumentSummaryView[]): Period {
  const moments = dated.map(({ date }) => momentOf(date ?? '')).filter((moment) => !Number.isNaN(moment));
  const years = moments.map((moment) => new Date(moment).getUTCFullYear());
  if (years.length === 0) return yearPeriod(new Date().getUTCFullYear());
  return { from: yearPeriod(Math.min(...years)).from, to: yearPeriod(Math.max(...years)).to };
}

function place(dated: readonly DocumentSummaryView[], period: Period, rowPx: number): Placed[] {
  return dated
    .map((document) => ({ document, x: placeIn(period, momentOf(document.date ?? '')) }))
    .filter(({ x }) => x >= 0 && x <= PERIOD_SHARE)
    .map((one, index) => ({ ...one, y: (index + 0.5) * rowPx }));
}

function Undated({ documents }: { readonly documents: readonly DocumentSummaryView[] }) {
  const undated = documents.filter(({ date }) => date === null);
  if (undated.length === 0) return null;
  return (
    <details>
      <summary>{`${messages.value.corpus.undated} (${undated.length})`}</summary>
      <ul>
        {undated.map(({ id, title, language }) => (
          <li key={id}>
            <a href={documentPath(id)} lang={language}>
              {title}
            </a>
          </li>
        ))}
      </ul>
    </details>
  );
}
