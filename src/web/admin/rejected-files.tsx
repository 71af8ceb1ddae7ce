import { messages } from '../messages/messages.ts';
import { useFetched } from '../parts/use-fetched.ts';
import { adminApi } from './admin-key.ts';

interface JobView {
  readonly id: string;
  readonly subject: string;
  readonly problem: string | null;
  readonly report: { readonly rejected: readonly { readonly uri: string; readonly reason: string }[] } | null;
}

/** What was left out of the corpus by the latest ingests, and why. */
export function RejectedFiles() {
  const t = messages.value.admin;
  const { value } = useFetched<{ jobs: readonly JobView[] }>('/api/jobs', undefined, adminApi);
  const rejected = (value?.jobs ?? []).flatMap(({ subject, problem, report }) => [
    ...(report?.rejected ?? []),
    ...(problem === null ? [] : [{ uri: subject, reason: problem }]),
  ]);
  const distinct = new Map(rejected.map(({ uri, reason }) => [uri, reason]));
  return (
    <section>
      <h2>{t.rejected}</h2>
      {distinct.size === 0 && <p class="hint">{t.noRejected}</p>}
      <dl class="rejected">
        {[...distinct].map(([uri, reason]) => (
          <div key={uri}>
            <dt>
              <code>{uri}</code>
            </dt>
            <dd lang="en">{reason}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
