import { dateInWords, languageOf } from '../messages/in-words.ts';
import { messages } from '../messages/messages.ts';
import { Icon } from '../parts/icon.tsx';
import { useFetched } from '../parts/use-fetched.ts';
import { adminApi } from './admin-key.ts';

interface RatingView {
  readonly askId: string;
  readonly rating: 'up' | 'down';
  readonly comment: string | null;
  readonly question: string | null;
  readonly ratedAt: string;
}

/** What readers say of answers, newest first. */
export function FeedbackList() {
  const t = messages.value.admin;
  const { value } = useFetched<{ ratings: readonly RatingView[] }>('/api/admin/feedback', undefined, adminApi);
  const ratings = value?.ratings ?? [];
  return (
    <section>
      <h2>{t.feedback}</h2>
      {ratings.length === 0 && <p class="hint">{t.noFeedback}</p>}
      <ul class="ratings">
        {ratings.map(({ askId, rating, comment, question, ratedAt }) => (
          <li key={askId} class={rating}>
            <Icon name={rating} />
            <div>
              <p lang={languageOf(question ?? '')}>{question ?? askId}</p>
              {comment !== null && <blockquote>{comment}</blockquote>}
              <p class="hint">{`${t[rating]} · ${dateInWords(ratedAt.slice(0, 10), 'short')}`}</p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
