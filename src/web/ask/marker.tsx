import type { CitationView } from '../api/views.ts';
import { messages } from '../messages/messages.ts';
import { AuthorityGlyph } from '../parts/authority-glyph.tsx';
import { openPanel, preview } from '../state/panel.ts';

interface MarkerProps {
  readonly marker: number;
  readonly citations: readonly CitationView[];
}

/** The chip after a sentence: hovering it shows the quote, clicking it opens the source at the quote. */
export function Marker({ marker, citations }: MarkerProps) {
  const citation = citations.find((one) => one.marker === marker);
  if (!citation) return <>[{marker}]</>;
  const { authority, authority: name, title } = citation;
  const t = messages.value;
  const show = (event: Event): void => {
    const { currentTarget } = event;
    if (currentTarget instanceof HTMLElement) preview.value = { citation, marker: currentTarget };
  };
  const hide = (): void => void (preview.value = undefined);
  const open = (): void => {
    hide();
    openPanel({ kind: 'source', citation, citations });
  };
  const hover = (event: PointerEvent): void => {
    if (event.pointerType === 'mouse') show(event);
  };
  return (
    <button
      type="button"
      class={`marker ${authority}`}
      data-marker={marker}
      aria-label={t.turn.reference(marker, t.authority[name], title)}
      onClick={open}
      onFocus={show}
      onBlur={hide}
      onPointerEnter={hover}
      onPointerLeave={hide}
    >
      <AuthorityGlyph authority={authority} />
      {marker}
    </button>
  );
}
