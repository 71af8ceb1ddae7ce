import { messages } from '../messages/messages.ts';
import { Icon, type IconName } from '../parts/icon.tsx';
import { shiftPeriod, zoomPeriod, type Period } from './time-scale.ts';

interface ZoomProps {
  readonly whole: Period;
  readonly period: Period;
  readonly setPeriod: (period: Period | undefined) => void;
}

export function ZoomControls({ whole, period, setPeriod }: ZoomProps) {
  const t = messages.value.corpus;
  const isWhole = period.from === whole.from && period.to === whole.to;
  const steps: readonly (readonly [IconName, string, Period])[] = [
    ['zoomIn', t.zoomIn, zoomPeriod(period, 0.5, whole)],
    ['zoomOut', t.zoomOut, zoomPeriod(period, 2, whole)],
    ['left', t.earlier, shiftPeriod(period, -0.5, whole)],
    ['right', t.later, shiftPeriod(period, 0.5, whole)],
  ];
  return (
    <div class="zoom">
      {steps.map(([icon, label, next]) => (
        <button
          key={icon}
          type="button"
          class="quiet"
          aria-label={label}
          title={label}
          disabled={next.from === period.from && next.to === period.to}
          onClick={() => setPeriod(next)}
        >
          <Icon name={icon} />
        </button>
      ))}
      <button type="button" class="action" disabled={isWhole} onClick={() => setPeriod(undefined)}>
        {t.whole}
      </button>
    </div>
  );
}
