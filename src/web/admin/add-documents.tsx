import { useState } from 'preact/hooks';
import { messages } from '../messages/messages.ts';
import { sendDocument, type Progress } from './send-file.ts';

interface Sending {
  readonly name: string;
  readonly progress: Progress;
}

/** Files and addresses become documents, one after the other, each with its progress. */
export function AddDocuments({ onChange }: { readonly onChange: () => void }) {
  const t = messages.value.admin;
  const [sendings, setSendings] = useState<readonly Sending[]>([]);
  const add = async (name: string, body: FormData | string): Promise<void> => {
    const show = (progress: Progress): void =>
      setSendings((before) => [{ name, progress }, ...before.filter((one) => one.name !== name)]);
    show({ state: 'sending', share: 0 });
    await sendDocument(body, show);
    onChange();
  };
  const addFiles = async (files: FileList | null | undefined): Promise<void> => {
    for (const file of files ?? []) {
      const form = new FormData();
      form.append('file', file, file.name);
      await add(file.name, form);
    }
  };
  return (
    <section>
      <h2>{t.add}</h2>
      <div class="add">
        <FileField onFiles={(files) => void addFiles(files)} />
        <UrlForm onUrl={(url) => void add(url, JSON.stringify({ url }))} />
      </div>
      <ul class="sendings" aria-live="polite">
        {sendings.map((sending) => (
          <SendingRow key={sending.name} {...sending} />
        ))}
      </ul>
    </section>
  );
}

function FileField({ onFiles }: { readonly onFiles: (files: FileList | null | undefined) => void }) {
  const t = messages.value.admin;
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    onFiles(event.dataTransfer?.files);
  };
  return (
    <label class="drop" onDragOver={(event) => event.preventDefault()} onDrop={onDrop}>
      <strong>{t.file}</strong>
      <span>
        <span class="plain" aria-hidden="true">
          {t.choose}
        </span>{' '}
        <span class="hint">{t.drop}</span>
      </span>
      <input type="file" class="unseen" multiple onChange={(event) => onFiles(event.currentTarget.files)} />
    </label>
  );
}

function UrlForm({ onUrl }: { readonly onUrl: (url: string) => void }) {
  const t = messages.value.admin;
  const [url, setUrl] = useState('');
  const submit = (event: Event): void => {
    event.preventDefault();
    onUrl(url);
    setUrl('');
  };
  return (
    <form class="url-form" onSubmit={submit}>
      <label>
        <strong>{t.url}</strong>
        <input
          type="url"
          required
          value={url}
          placeholder="https://"
          aria-label={`${t.url}: ${t.urlLabel}`}
          onInput={(event) => setUrl(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="strong">
        {t.fetch}
      </button>
    </form>
  );
}

function SendingRow({ name, progress }: Sending) {
  const t = messages.value.admin;
  return (
    <li class={progress.state}>
      <span>{describe(name, progress)}</span>
      {progress.state === 'sending' && <progress value={progress.share} max={1} aria-label={t.uploading(name)} />}
    </li>
  );
}

function describe(name: string, progress: Progress): string {
  const { admin, problem } = messages.value;
  switch (progress.state) {
    case 'sending':
      return admin.uploading(name);
    case 'working':
      return admin.working(name);
    case 'added':
      return admin.added(name);
    case 'refused':
      return admin.refused(name, progress.reason || problem.unreachable);
  }
}
