import { useState } from 'preact/hooks';
import { api, isProblem, jsonRequest } from '../api/api-client.ts';
import { messages } from '../messages/messages.ts';

/** What was wrong, in the reader's words; leaving it empty is fine. */
export function FeedbackForm({ askId }: { readonly askId: string }) {
  const t = messages.value.actions;
  const [comment, setComment] = useState('');
  const [sent, setSent] = useState(false);
  if (sent) return <p role="status">{t.thanks}</p>;
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (comment.trim() === '') return;
    const answer = await api.send('/api/feedback', jsonRequest({ askId, rating: 'down', comment: comment.trim() }));
    setSent(!isProblem(answer));
  };
  return (
    <form class="feedback" onSubmit={(event) => void send(event)}>
      <label>
        {t.comment}
        <textarea
          rows={2}
          maxLength={2000}
          value={comment}
          onInput={(event) => setComment(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="plain">
        {t.send}
      </button>
    </form>
  );
}
