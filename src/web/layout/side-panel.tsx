import { useEffect, useRef } from 'preact/hooks';
import { messages } from '../messages/messages.ts';
import { ReceiptView } from '../receipt/receipt-view.tsx';
import { SourceView } from '../source/source-view.tsx';
import { closePanel, panel } from '../state/panel.ts';
import { sheet } from '../state/viewport.ts';

/** Beside the answer where there is room, else a sheet over it that keeps the focus. */
export function SidePanel() {
  const shown = panel.value;
  return shown && (sheet.value ? <Sheet key="sheet" /> : <Beside key="beside" />);
}

function Beside() {
  const label = useLabel();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented) closePanel();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  return (
    <aside class="panel" aria-label={label}>
      <PanelBody />
    </aside>
  );
}

function Sheet() {
  const label = useLabel();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const onClick = (event: MouseEvent): void => {
    if (event.target === dialog.current) closePanel();
  };
  return (
    <dialog class="panel sheet" ref={dialog} aria-label={label} onClose={closePanel} onClick={onClick}>
      <div class="sheet-body">
        <PanelBody />
      </div>
    </dialog>
  );
}

function useLabel(): string {
  const t = messages.value;
  return panel.value?.kind === 'receipt' ? t.receipt.title : t.source.title;
}

function PanelBody() {
  const shown = panel.value;
  if (!shown) return null;
  return shown.kind === 'source' ? <SourceView {...shown} /> : <ReceiptView turnId={shown.turnId} />;
}
