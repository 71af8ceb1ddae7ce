import { isProblem } from '../api/api-client.ts';
import { adminApi, adminKey } from './admin-key.ts';

/** Where the work on a document has come to. */
export type Progress =
  | { readonly state: 'sending'; readonly share: number }
  | { readonly state: 'working' }
  | { readonly state: 'added' }
  | { readonly state: 'refused'; readonly reason: string };

/** The parts that matter of what the server says of an addition: a problem, a job, or a report. */
interface Said {
  readonly status?: number | string;
  readonly detail?: string;
  readonly title?: string;
  readonly id?: string;
  readonly problem?: string | null;
  readonly report?: { readonly rejected: readonly { readonly reason: string }[] } | null;
}

const JOB_POLL_MS = 500;

/** Sends a file or an address, telling how far it is; resolves once it is answerable or refused. Never throws. */
export async function sendDocument(body: FormData | string, onProgress: (progress: Progress) => void): Promise<void> {
  const { status, said } = await post(body, onProgress);
  if (status === 0) return onProgress({ state: 'refused', reason: '' });
  if (status !== 202 || said.id === undefined) return onProgress(endOf(status, said));
  onProgress({ state: 'working' });
  onProgress(await followJob(said.id));
}

/** `fetch` cannot tell how much of a body was sent; the older request can. */
function post(
  body: FormData | string,
  onProgress: (progress: Progress) => void,
): Promise<{ status: number; said: Said }> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/api/documents');
    request.setRequestHeader('Authorization', `Bearer ${adminKey.value ?? ''}`);
    if (typeof body === 'string') request.setRequestHeader('Content-Type', 'application/json');
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      onProgress(loaded < total ? { state: 'sending', share: loaded / total } : { state: 'working' });
    });
    request.addEventListener('loadend', () =>
      resolve({ status: request.status, said: parseSaid(request.responseText) }),
    );
    request.send(body);
  });
}

function parseSaid(text: string): Said {
  try {
    return JSON.parse(text) as Said;
  } catch {
    return {};
  }
}

function endOf(status: number, said: Said): Progress {
  const reason = said.report?.rejected[0]?.reason ?? said.problem;
  if (typeof reason === 'string') return { state: 'refused', reason };
  return status < 400 ? { state: 'added' } : { state: 'refused', reason: said.detail ?? said.title ?? String(status) };
}

/** Resolves once the job has ended, however it ended. */
export async function followJob(id: string): Promise<Progress> {
  for (;;) {
    const job = await adminApi.read<Said>(`/api/jobs/${id}`);
    if (isProblem(job)) return endOf(job.status || 500, job);
    if (job.status === 'done' || job.status === 'failed') return endOf(job.status === 'done' ? 200 : 500, job);
    await new Promise((resolve) => setTimeout(resolve, JOB_POLL_MS));
  }
}
