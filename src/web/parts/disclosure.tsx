import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

interface MenuProps {
  readonly label: string;
  readonly face: ComponentChildren;
  readonly faceClass?: string;
  readonly children: (close: () => void) => ComponentChildren;
}

/** A button that discloses a small panel below or above it; Escape, a click beside it and leaving it close it. */
export function Disclosure({ label, face, faceClass = 'quiet', children }: MenuProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) return undefined;
    const outside = (event: Event): void => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('focusin', outside);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('focusin', outside);
    };
  }, [open]);
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !open) return;
    event.stopPropagation();
    close();
  };
  return (
    <div class="disclosure" ref={root} onKeyDown={onKeyDown}>
      <button
        type="button"
        class={faceClass}
        aria-label={label}
        title={label}
        aria-expanded={open}
        ref={button}
        onClick={() => setOpen(!open)}
      >
        {face}
      </button>
      {open && <Disclosed>{children(close)}</Disclosed>}
    </div>
  );
}

const EDGE_PX = 8;

/** Stands below or above its button, moved aside as far as the window's edges ask. */
function Disclosed({ children }: { readonly children: ComponentChildren }) {
  const panel = useRef<HTMLDivElement>(null);
  const [shift, setShift] = useState(0);
  useLayoutEffect(() => {
    const keepInside = (): void => {
      if (!panel.current) return;
      const { left, right } = panel.current.getBoundingClientRect();
      const beyond = Math.max(right - (document.documentElement.clientWidth - EDGE_PX), 0);
      setShift((before) => before - beyond + Math.max(EDGE_PX - (left - beyond), 0));
    };
    keepInside();
    window.addEventListener('resize', keepInside);
    return () => window.removeEventListener('resize', keepInside);
  }, []);
  return (
    <div class="disclosed" ref={panel} style={{ translate: `${shift}px` }}>
      {children}
    </div>
  );
}
