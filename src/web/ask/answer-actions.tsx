import { useState } from 'preact/hooks';
import { api, isProblem, jsonRequest } from '../api/api-client.ts';
import type { AnswerView } from '../api/views.ts';
import { messages } from '../messages/messages.ts';
import { Disclosure } from '../parts/disclosure.tsx';
import { Icon, type IconName } from '../parts/icon.tsx';
import { askAgain, rateTurn } from '../state/conversation.ts';
import type { TurnRecord } from '../state/conversation-store.ts';
import { openPanel } from '../state/panel.ts';
import { questionPath } from '../state/route.ts';
import { asJson, asMarkdown, asPlainText, download, printTurn } from './export-answer.ts';
import { FeedbackForm } from './feedback-form.tsx';

interface ActionsProps {
  readonly turn: TurnRecord;
  readonly answer: AnswerView;
}

/** What can be done with an answer. */
export function AnswerActions({ turn, answer }: ActionsProps) {
  const t = messages.value.actions;
  const link = location.origin + questionPath(answer.standaloneQuestion, turn);
  return (
    <div class="actions-block">
      <div class="actions" role="group" aria-label={t.label}>
        <CopyButton icon="copy" label={t.copy} text={() => asPlainText(answer)} />
        <CopyButton icon="link" label={t.share} text={() => link} />
        <ExportMenu {...{ turn, answer }} />
        <Action icon="receipt" label={t.receipt} onClick={() => openPanel({ kind: 'receipt', turnId: turn.id })} />
        <Action icon="again" label={messages.value.turn.again} onClick={() => askAgain(turn)} />
        <Rating turn={turn} answer={answer} />
      </div>
      {turn.rating === 'down' && <FeedbackForm askId={answer.askId} />}
    </div>
  );
}

function ExportMenu({ turn, answer }: ActionsProps) {
  const t = messages.value.actions;
  const face = (
    <>
      <Icon name="download" />
      <span>{t.export}</span>
    </>
  );
  const choices: readonly (readonly [string, () => void])[] = [
    [t.markdown, () => download(asMarkdown(turn, answer), 'text/markdown', 'md')],
    [t.json, () => download(asJson(turn, answer), 'application/json', 'json')],
    [t.print, () => printTurn(turn.id)],
  ];
  return (
    <Disclosure label={t.export} face={face} faceClass="action">
      {(close) =>
        choices.map(([label, run]) => (
          <button
            key={label}
            type="button"
            class="choice"
            onClick={() => {
              close();
              run();
            }}
          >
            {label}
          </button>
        ))
      }
    </Disclosure>
  );
}

function Rating({ turn, answer }: ActionsProps) {
  const t = messages.value.actions;
  const rate = async (rating: 'up' | 'down'): Promise<void> => {
    const sent = await api.send('/api/feedback', jsonRequest({ askId: answer.askId, rating }));
    if (!isProblem(sent)) rateTurn(turn.id, rating);
  };
  return (
    <span class="rating">
      {(['up', 'down'] as const).map((rating) => (
        <button
          key={rating}
          type="button"
          class="action"
          aria-label={rating === 'up' ? t.good : t.bad}
          title={rating === 'up' ? t.good : t.bad}
          aria-pressed={turn.rating === rating}
          onClick={() => void rate(rating)}
        >
          <Icon name={rating} />
        </button>
      ))}
      <span role="status">{turn.rating === 'up' ? t.thanks : ''}</span>
    </span>
  );
}

interface ActionProps {
  readonly icon: IconName;
  readonly label: string;
  readonly onClick: () => void;
}

function Action({ icon, label, onClick }: ActionProps) {
  return (
    <button type="button" class="action" title={label} onClick={onClick}>
      <Icon name={icon} />
      <span>{label}</span>
    </button>
  );
}

const COPIED_MS = 2000;

/** Copies a text, and says that it has. */
export function CopyButton({ icon, label, text }: Omit<ActionProps, 'onClick'> & { readonly text: () => string }) {
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text());
    setCopied(true);
    setTimeout(() => setCopied(false), COPIED_MS);
  };
  return (
    <button type="button" class="action" title={label} onClick={() => void copy().catch(() => setCopied(false))}>
      <Icon name={copied ? 'check' : icon} />
      <span aria-live="polite">{copied ? messages.value.actions.copied : label}</span>
    </button>
  );
}
