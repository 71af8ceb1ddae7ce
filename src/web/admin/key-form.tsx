import type { ProblemView } from '../api/views.ts';
import { messages } from '../messages/messages.ts';
import { ProblemBox } from '../parts/problem-box.tsx';
import { keepAdminKey } from './admin-key.ts';

/** Asks for the operator's key, and says what was wrong with the one given. */
export function KeyForm({ problem }: { readonly problem?: ProblemView }) {
  const t = messages.value.admin;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const key = new FormData(event.currentTarget).get('key');
    if (typeof key === 'string' && key !== '') keepAdminKey(key);
  };
  return (
    <form class="key-form" onSubmit={submit}>
      <Refused problem={problem} />
      <label>
        {t.key}
        <input type="password" name="key" autocomplete="off" required />
      </label>
      <button type="submit" class="strong">
        {t.enter}
      </button>
      <p class="hint">{t.keyText}</p>
    </form>
  );
}

function Refused({ problem }: { readonly problem: ProblemView | undefined }) {
  const t = messages.value.admin;
  if (!problem) return null;
  if (problem.status !== 401 && problem.status !== 403) return <ProblemBox problem={problem} />;
  return (
    <p class="problem" role="alert">
      {problem.status === 401 ? t.wrongKey : t.off}
    </p>
  );
}
