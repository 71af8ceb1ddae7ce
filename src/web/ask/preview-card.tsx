import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Quote } from './quote.tsx';
import { CitationFacts } from './citation-facts.tsx';
import { languageOf } from '../messages/in-words.ts';
import { preview } from '../state/panel.ts';

const GAP_PX = 8;
const EDGE_PX = 12;

/** The quote behind a marker, over the page while the marker is pointed at or has the focus. */
export function PreviewCard() {
  const shown = preview.value;
  const card = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<{ readonly left: string; readonly top: string }>();
  useLayoutEffect(() => {
    const box = shown?.marker.getBoundingClientRect();
    if (!box || !card.current) return;
    const { offsetWidth, offsetHeight } = card.current;
    const left = Math.min(box.left - EDGE_PX, innerWidth - offsetWidth - EDGE_PX);
    const below = box.bottom + GAP_PX;
    const top = below + offsetHeight > innerHeight ? box.top - GAP_PX - offsetHeight : below;
    setPlace({ left: `${Math.max(EDGE_PX, left)}px`, top: `${Math.max(EDGE_PX, top)}px` });
  }, [shown]);
  useEffect(() => {
    const hide = (): void => void (preview.value = undefined);
    const hideOnEscape = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') hide();
    };
    window.addEventListener('scroll', hide, { passive: true });
    window.addEventListener('keydown', hideOnEscape);
    return () => {
      window.removeEventListener('scroll', hide);
      window.removeEventListener('keydown', hideOnEscape);
    };
  }, []);
  if (!shown) return null;
  const { citation } = shown;
  return (
    <div class={`preview ${citation.authority}`} role="tooltip" ref={card} style={place ?? { left: '0', top: '0' }}>
      <Quote text={citation.quote} />
      <p class="preview-title" lang={languageOf(citation.title)}>
        {citation.title}
      </p>
      <CitationFacts citation={citation} />
    </div>
  );
}
