import { useState } from 'preact/hooks';
import { messages } from '../messages/messages.ts';
import { useFetched } from '../parts/use-fetched.ts';
import { AddDocuments } from './add-documents.tsx';
import { adminApi, adminKey, keepAdminKey } from './admin-key.ts';
import { FeedbackList } from './feedback-list.tsx';
import { HeldDocuments } from './held-documents.tsx';
import { IndexState } from './index-state.tsx';
import { KeyForm } from './key-form.tsx';
import { RejectedFiles } from './rejected-files.tsx';
import { UnansweredList } from './unanswered-list.tsx';

/** What the operator sees, behind the key. */
export function AdminView() {
  const t = messages.value.admin;
  return (
    <div class="admin">
      <header>
        <h1>{t.title}</h1>
        <p>{t.lead}</p>
      </header>
      {adminKey.value === null ? <KeyForm /> : <Guarded key={adminKey.value} />}
    </div>
  );
}

function Guarded() {
  const { value, problem } = useFetched<object>('/api/admin/questions', undefined, adminApi);
  if (problem) return <KeyForm problem={problem} />;
  return value ? <Desk /> : <p class="loading">{messages.value.loading}</p>;
}

/** Whatever changes the corpus has the rest read anew. */
function Desk() {
  const [version, setVersion] = useState(0);
  const onChange = (): void => setVersion((number) => number + 1);
  return (
    <>
      <IndexState key={`index-${version}`} />
      <AddDocuments onChange={onChange} />
      <RejectedFiles key={`rejected-${version}`} onChange={onChange} />
      <HeldDocuments key={`held-${version}`} onChange={onChange} />
      <UnansweredList />
      <FeedbackList />
      <button type="button" class="plain" onClick={() => keepAdminKey(null)}>
        {messages.value.admin.leave}
      </button>
    </>
  );
}
