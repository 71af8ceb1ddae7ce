import { useEffect, useRef, useState } from 'preact/hooks';
import type { ApiClient } from '../api/api-client.ts';
import { AskForm } from './ask-form.tsx';
import { useConversation } from './use-conversation.ts';
import type { WidgetMessages } from './widget-messages.ts';
import { WidgetTurn } from './widget-turn.tsx';

interface AssistantProps {
  readonly api: ApiClient;
  readonly words: WidgetMessages;
  readonly language: string;
  readonly title: string;
}

/** A button that opens a small window to ask in. */
export function Assistant(props: AssistantProps) {
  const { words } = props;
  const [open, setOpen] = useState(false);
  const launch = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    setOpen(false);
    setTimeout(() => launch.current?.focus());
  };
  if (open) return <Window {...props} close={close} />;
  return (
    <button type="button" class="launch" ref={launch} aria-label={words.open} onClick={() => setOpen(true)}>
      <svg viewBox="0 0 32 32" width="22" height="22" aria-hidden="true">
        <circle cx="12.5" cy="16" r="6.75" fill="none" stroke="currentColor" stroke-width="2.5" />
        <circle cx="19.5" cy="16" r="6.75" fill="none" stroke="currentColor" stroke-width="2.5" />
      </svg>
      <span aria-hidden="true">{words.ask}</span>
    </button>
  );
}

function Window({ api, words, language, title, close }: AssistantProps & { readonly close: () => void }) {
  const { turns, asking, ask, stop } = useConversation(api);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => list.current?.lastElementChild?.scrollIntoView({ block: 'nearest' }), [turns.length]);
  return (
    <section class="window" aria-label={title} lang={language} onKeyDown={(event) => event.key === 'Escape' && close()}>
      <header>
        <h2>{title}</h2>
        <button type="button" class="icon" aria-label={words.close} onClick={close}>
          <span aria-hidden="true">×</span>
        </button>
      </header>
      <div class="turns" ref={list} tabIndex={0} role="log" aria-label={title}>
        <p class="hello">{words.hello}</p>
        {turns.length === 0 && (
          <ul class="examples">
            {words.examples.map((question) => (
              <li key={question}>
                <button type="button" class="example" onClick={() => ask(question)}>
                  {question}
                </button>
              </li>
            ))}
          </ul>
        )}
        {turns.map((turn) => (
          <WidgetTurn key={turn.id} turn={turn} words={words} language={language} />
        ))}
      </div>
      <AskForm {...{ words, asking, ask, stop }} />
    </section>
  );
}
