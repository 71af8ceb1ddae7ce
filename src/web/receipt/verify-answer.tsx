import { useState } from 'preact/hooks';
import { api, isProblem, jsonRequest } from '../api/api-client.ts';
import type { AnswerView, ProblemView, VerificationView } from '../api/views.ts';
import { messages } from '../messages/messages.ts';
import { Icon } from '../parts/icon.tsx';
import { ProblemBox } from '../parts/problem-box.tsx';

/** Has the server check the answer again, against the corpus as it is now. */
export function VerifyAnswer({ answer }: { readonly answer: AnswerView }) {
  const t = messages.value.receipt;
  const [result, setResult] = useState<VerificationView | ProblemView | 'checking'>();
  const verify = async (): Promise<void> => {
    setResult('checking');
    const { trace: _trace, conversationToken: _secret, ...saved } = answer;
    setResult(await api.read<VerificationView>('/api/verify', jsonRequest(saved)));
  };
  return (
    <div class="verify">
      <button type="button" class="plain" disabled={result === 'checking'} onClick={() => void verify()}>
        <Icon name="check" />
        {result === 'checking' ? t.verifying : t.verify}
      </button>
      <div role="status">{typeof result === 'object' && <Result result={result} />}</div>
    </div>
  );
}

function Result({ result }: { readonly result: VerificationView | ProblemView }) {
  const t = messages.value.receipt;
  if (isProblem(result)) return <ProblemBox problem={result} />;
  const { verdict, verified, findings } = result;
  return (
    <div class={verified ? 'verdict verified' : 'verdict'}>
      <p>
        <Icon name={verified ? 'check' : 'close'} />
        {t.verdicts[verdict] ?? verdict}
      </p>
      <ul lang="en">
        {findings.map(({ code, detail }, index) => (
          <li key={code + String(index)}>{detail}</li>
        ))}
      </ul>
    </div>
  );
}
