import type { ReasonView } from '../api/views.ts';
import { dateInWords, languageOf, numberInWords } from '../messages/in-words.ts';
import { messages } from '../messages/messages.ts';
import { useFetched } from '../parts/use-fetched.ts';
import { adminApi } from './admin-key.ts';

interface UnansweredView {
  readonly question: string;
  readonly times: number;
  readonly reason: ReasonView;
  readonly lastAskedAt: string;
}

/** What the corpus was asked and did not answer: what to add next. */
export function UnansweredList() {
  const { admin: t, abstention } = messages.value;
  const { value } = useFetched<{ questions: readonly UnansweredView[] }>('/api/admin/questions', undefined, adminApi);
  const questions = value?.questions ?? [];
  return (
    <section>
      <h2>{t.questions}</h2>
      <p class="hint">{questions.length === 0 ? t.noQuestions : t.questionsLead}</p>
      {questions.length > 0 && (
        <table class="documents">
          <thead>
            <tr>
              {[t.question, t.times, t.last, t.reason].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {questions.map(({ question, times, reason, lastAskedAt }) => (
              <tr key={question}>
                <th scope="row" lang={languageOf(question)}>
                  {question}
                </th>
                <td>{numberInWords(times)}</td>
                <td>{dateInWords(lastAskedAt.slice(0, 10), 'short')}</td>
                <td class="wraps">{abstention.reasons[reason]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
