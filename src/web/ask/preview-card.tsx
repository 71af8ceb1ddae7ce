import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Quote } from './quote.tsx';
import { CitationFacts } from './citation-facts.tsx';
import { languageOf } from '../messages/in-words.ts';
import { messages } from '../messages/messages.ts';
import { nameSources } from '../source/sources-list.tsx';
import { preview } from '../state/panel.ts';

const GAP_PX = 8;
const EDGE_PX = 12;

/** The quote behind a marker, over the page while the marker is pointed at or has the focus. */
export function PreviewCard() {
  const shown = preview.value;
  const card = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<Place>();
  useLayoutEffect(() => {
    const put = (): void => {
      if (shown && card.current) setPlace(placeBeside(shown.marker, card.current));
    };
    put();
    // What has the focus is scrolled into view: the card goes with it. What is only pointed at is left behind.
    const onScroll = (): void => {
      if (shown?.marker === document.activeElement) put();
      else preview.value = undefined;
    };
    window.addEventListener('scroll', onScroll, { passive: true });
    return () => window.removeEventListener('scroll', onScroll);
  }, [shown]);
  useEffect(() => {
    const hideOnEscape = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') preview.value = undefined;
    };
    window.addEventListener('keydown', hideOnEscape);
    return () => window.removeEventListener('keydown', hideOnEscape);
  }, []);
  if (!shown) return null;
  const { citation } = shown;
  return (
    <div
      class={`preview ${citation.authority}`}
      role="tooltip"
      ref={card}
      style={{ left: place?.left ?? '0', top: place?.top ?? '0' }}
    >
      <Quote text={citation.quote} />
      <p class="preview-title" lang={languageOf(citation.title)}>
        {citation.title}
      </p>
      <CitationFacts citation={citation} />
      {citation.textKind === 'brief' && (
        <p class="rests">{messages.value.source.briefRests(nameSources(citation.sources))}</p>
      )}
    </div>
  );
}

interface Place {
  readonly left: string;
  readonly top: string;
}

/** Below the marker, or above it where there is no room; never beyond the window's edges. */
function placeBeside(marker: HTMLElement, { offsetWidth, offsetHeight }: HTMLElement): Place {
  const box = marker.getBoundingClientRect();
  const left = Math.min(box.left - EDGE_PX, innerWidth - offsetWidth - EDGE_PX);
  const below = box.bottom + GAP_PX;
  const top = below + offsetHeight > innerHeight ? box.top - GAP_PX - offsetHeight : below;
  return { left: `${Math.max(EDGE_PX, left)}px`, top: `${Math.max(EDGE_PX, top)}px` };
}
