import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { messages } from '../messages/messages.ts';

interface DialogProps {
  readonly title: string;
  readonly accept: string;
  /** Whether accepting takes something away. */
  readonly grave?: boolean;
  readonly onAccept: () => void;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** A question before something is done; the browser keeps the focus inside and gives it back. */
export function AskDialog({ title, accept, grave = false, onAccept, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const submit = (event: Event): void => {
    event.preventDefault();
    onAccept();
    dialog.current?.close();
  };
  return (
    <dialog class="ask-dialog" ref={dialog} aria-label={title} onClose={onClose}>
      <form onSubmit={submit}>
        <h2>{title}</h2>
        {children}
        <div class="buttons">
          <button type="button" class="plain" onClick={() => dialog.current?.close()}>
            {messages.value.conversations.cancel}
          </button>
          <button type="submit" class={grave ? 'grave' : 'strong'}>
            {accept}
          </button>
        </div>
      </form>
    </dialog>
  );
}
