import { messages } from '../messages/messages.ts';
import { useFetched } from '../parts/use-fetched.ts';
import { adminApi } from './admin-key.ts';
import { followJob } from './send-file.ts';

interface JobView {
  readonly id: string;
  readonly subject: string;
  readonly status: string;
  readonly problem: string | null;
  readonly retryable: boolean;
  readonly report: { readonly rejected: readonly { readonly uri: string; readonly reason: string }[] } | null;
}

interface Rejected {
  readonly uri: string;
  readonly reason: string;
  /** The job that can be tried again as it is. */
  readonly retry?: string;
}

/** What was left out of the corpus by the latest ingests, and why. */
export function RejectedFiles({ onChange }: { readonly onChange: () => void }) {
  const t = messages.value.admin;
  const { value } = useFetched<{ jobs: readonly JobView[] }>('/api/jobs', undefined, adminApi);
  const distinct = new Map((value?.jobs ?? []).flatMap(listRejected).map((one) => [one.uri, one]));
  const retry = async (id: string): Promise<void> => {
    await adminApi.send(`/api/jobs/${id}/retry`, { method: 'POST' });
    onChange();
    await followJob(id);
    onChange();
  };
  return (
    <section>
      <h2>{t.rejected}</h2>
      {distinct.size === 0 && <p class="hint">{t.noRejected}</p>}
      <dl class="rejected">
        {[...distinct.values()].map((one) => (
          <div key={one.uri}>
            <dt>
              <code>{one.uri}</code>
            </dt>
            <dd>
              <span lang="en">{one.reason}</span> <Retry {...one} onRetry={(id) => void retry(id)} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Retry({ uri, retry, onRetry }: Rejected & { readonly onRetry: (id: string) => void }) {
  const t = messages.value.turn;
  if (retry === undefined) return null;
  return (
    <button type="button" class="plain" aria-label={`${t.retry}: ${uri}`} onClick={() => onRetry(retry)}>
      {t.retry}
    </button>
  );
}

function listRejected({ id, subject, status, problem, retryable, report }: JobView): Rejected[] {
  const failed = status === 'failed' && problem !== null;
  return [
    ...(report?.rejected ?? []),
    ...(failed ? [{ uri: subject, reason: problem, ...(retryable && { retry: id }) }] : []),
  ];
}
