import { useEffect, useRef } from 'preact/hooks';
import type { WidgetMessages } from './widget-messages.ts';

interface FormProps {
  readonly words: WidgetMessages;
  readonly asking: boolean;
  readonly ask: (question: string) => void;
  readonly stop: () => void;
}

/** Enter asks, Shift+Enter begins a line; while an answer is on its way, the button stops it. */
export function AskForm({ words, asking, ask, stop }: FormProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const submit = (): void => {
    const question = field.current?.value.trim() ?? '';
    if (asking || question === '' || !field.current) return;
    field.current.value = '';
    ask(question);
  };
  const onSubmit = (event: Event): void => {
    event.preventDefault();
    if (asking) stop();
    else submit();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  };
  return (
    <form onSubmit={onSubmit}>
      <textarea
        ref={field}
        rows={1}
        maxLength={2000}
        dir="auto"
        aria-label={words.label}
        placeholder={words.placeholder}
        onKeyDown={onKeyDown}
      />
      <button type="submit" class="send">
        {asking ? words.stop : words.ask}
      </button>
    </form>
  );
}
