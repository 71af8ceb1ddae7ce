import type { ComponentChild } from 'preact';
import type { ProblemView } from '../api/views.ts';
import { keepAccessKey } from '../api/api-client.ts';
import { messages } from '../messages/messages.ts';

/** A failure in the page's words by its status, and in the server's by its detail. */
export function ProblemBox({ problem, onRetry }: { readonly problem: ProblemView; readonly onRetry?: () => void }) {
  const t = messages.value;
  const { title, text } = describe(problem);
  const { errors = [], status } = problem;
  const mayRetry = problem.retryable || status === 404;
  return (
    <div class="problem" role="alert">
      <h3>{title}</h3>
      <p>{text}</p>
      {errors.length > 0 && (
        <ul>
          {errors.map(({ pointer, detail }) => (
            <li key={pointer + detail}>{`${pointer.slice(1)} ${detail}`}</li>
          ))}
        </ul>
      )}
      {status === 401 && onRetry && <KeyForm onRetry={onRetry} />}
      {mayRetry && onRetry && (
        <button type="button" class="plain" onClick={onRetry}>
          {t.turn.retry}
        </button>
      )}
    </div>
  );
}

function KeyForm({ onRetry }: { readonly onRetry: () => void }) {
  const t = messages.value;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const key = new FormData(event.currentTarget).get('key');
    if (typeof key !== 'string' || key === '') return;
    keepAccessKey(key);
    onRetry();
  };
  return (
    <form class="key-form" onSubmit={submit}>
      <label>
        {t.problem.keyLabel}
        <input type="password" name="key" autocomplete="off" />
      </label>
      <button type="submit" class="strong">
        {t.turn.retry}
      </button>
    </form>
  );
}

interface Told {
  readonly title: string;
  readonly text: ComponentChild;
}

function describe({ status, detail }: ProblemView): Told {
  const t = messages.value.problem;
  const told: Readonly<Record<number, Told>> = {
    0: { title: t.unreachable, text: t.unreachableText },
    400: { title: t.invalid, text: detail },
    401: { title: t.key, text: undefined },
    404: { title: t.forgotten, text: t.forgottenText },
    413: { title: t.invalid, text: detail },
    429: { title: t.tooMany, text: t.tooManyText },
    503: { title: t.busy, text: t.busyText },
  };
  return told[status] ?? { title: t.failed, text: detail };
}
