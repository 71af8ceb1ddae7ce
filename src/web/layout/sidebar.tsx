import { useState } from 'preact/hooks';
import { messages } from '../messages/messages.ts';
import { AskDialog } from '../parts/ask-dialog.tsx';
import { Disclosure } from '../parts/disclosure.tsx';
import { Icon } from '../parts/icon.tsx';
import {
  conversations,
  current,
  deleteConversation,
  openConversation,
  renameConversation,
  startConversation,
} from '../state/conversation.ts';
import type { ConversationSummary } from '../state/conversation-store.ts';
import { languageOf } from '../messages/in-words.ts';
import { sidebarOpen } from '../state/settings.ts';
import { narrow } from '../state/viewport.ts';

type Asked = { readonly what: 'rename' | 'remove'; readonly conversation: ConversationSummary } | undefined;

/** What was asked before; on a narrow window it lies over the page. */
export function Sidebar() {
  const t = messages.value.conversations;
  const [asked, setAsked] = useState<Asked>();
  if (!sidebarOpen.value) return null;
  const leave = (): void => void (sidebarOpen.value = false);
  const leaveNarrow = (): void => {
    if (narrow.value) leave();
  };
  return (
    <>
      <div class="veil" onClick={leave} />
      <aside class="sidebar" aria-label={t.title} onKeyDown={(event) => event.key === 'Escape' && leaveNarrow()}>
        <div class="sidebar-top">
          <button
            type="button"
            class="fresh"
            onClick={() => {
              startConversation();
              leaveNarrow();
            }}
          >
            <Icon name="plus" />
            {t.fresh}
          </button>
          <button type="button" class="quiet" aria-label={t.close} title={t.close} onClick={leave}>
            <Icon name="sidebar" />
          </button>
        </div>
        <h2>{t.title}</h2>
        {conversations.value.length === 0 && <p class="hint">{t.none}</p>}
        <ul>
          {conversations.value.map((conversation) => (
            <Entry key={conversation.key} {...{ conversation, setAsked, leaveNarrow }} />
          ))}
        </ul>
      </aside>
      {asked?.what === 'rename' && <Rename conversation={asked.conversation} onClose={() => setAsked(undefined)} />}
      {asked?.what === 'remove' && <Remove conversation={asked.conversation} onClose={() => setAsked(undefined)} />}
    </>
  );
}

interface EntryProps {
  readonly conversation: ConversationSummary;
  readonly setAsked: (asked: Asked) => void;
  readonly leaveNarrow: () => void;
}

function Entry({ conversation, setAsked, leaveNarrow }: EntryProps) {
  const t = messages.value.conversations;
  const { key, title } = conversation;
  const open = (): void => {
    openConversation(key);
    leaveNarrow();
  };
  return (
    <li class="conversation">
      <button type="button" aria-current={current.value.key === key ? 'true' : undefined} onClick={open}>
        <span lang={languageOf(title)}>{title}</span>
      </button>
      <Disclosure label={t.actions(title)} face={<Icon name="more" />} faceClass="quiet small">
        {() => (
          <>
            <button type="button" class="choice" onClick={() => setAsked({ what: 'rename', conversation })}>
              {t.rename}
            </button>
            <button type="button" class="choice" onClick={() => setAsked({ what: 'remove', conversation })}>
              {t.remove}
            </button>
          </>
        )}
      </Disclosure>
    </li>
  );
}

interface AskedProps {
  readonly conversation: ConversationSummary;
  readonly onClose: () => void;
}

function Rename({ conversation: { key, title }, onClose }: AskedProps) {
  const t = messages.value.conversations;
  const [name, setName] = useState(title);
  return (
    <AskDialog title={t.renameTitle} accept={t.save} onAccept={() => renameConversation(key, name)} onClose={onClose}>
      <label>
        {t.name}
        <input type="text" value={name} maxLength={200} onInput={(event) => setName(event.currentTarget.value)} />
      </label>
    </AskDialog>
  );
}

function Remove({ conversation: { key, title }, onClose }: AskedProps) {
  const t = messages.value.conversations;
  const remove = (): void => void deleteConversation(key);
  return (
    <AskDialog title={t.removeTitle} accept={t.remove} grave onAccept={remove} onClose={onClose}>
      <p lang={languageOf(title)}>“{title}”</p>
      <p>{t.removeText}</p>
    </AskDialog>
  );
}
