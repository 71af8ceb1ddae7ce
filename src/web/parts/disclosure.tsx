import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

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
      {open && <div class="disclosed">{children(close)}</div>}
    </div>
  );
}
