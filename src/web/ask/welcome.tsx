import { useFetched } from '../parts/use-fetched.ts';
import { languageOf, numberInWords } from '../messages/in-words.ts';
import { messages } from '../messages/messages.ts';
import { AuthorityBadge } from '../parts/authority-badge.tsx';
import { AUTHORITIES } from '../api/views.ts';
import { Icon } from '../parts/icon.tsx';
import { ask } from '../state/conversation.ts';

export function Welcome() {
  const t = messages.value.welcome;
  return (
    <section class="welcome">
      <h1>{t.title}</h1>
      <p>{t.lead}</p>
    </section>
  );
}

/** What can be asked, and what there is to read. */
export function Examples() {
  const t = messages.value.welcome;
  const { value } = useFetched<{ documents: number }>('/readyz');
  return (
    <>
      <section class="examples" aria-labelledby="examples">
        <h2 id="examples">{t.examples}</h2>
        <ul>
          {t.questions.map((question) => (
            <li key={question}>
              <QuestionButton question={question} />
            </li>
          ))}
        </ul>
      </section>
      <footer class="welcome-foot">
        <ul class="legend">
          {AUTHORITIES.map((authority) => (
            <li key={authority}>
              <AuthorityBadge authority={authority} />
            </li>
          ))}
        </ul>
        <p>
          {value && <span>{t.documents(numberInWords(value.documents))}</span>} <a href="/corpus">{t.browse}</a>
        </p>
      </footer>
    </>
  );
}

/** A button that asks its own words. */
export function QuestionButton({ question }: { readonly question: string }) {
  return (
    <button type="button" class="suggestion" lang={languageOf(question)} onClick={() => void ask(question)}>
      <span>{question}</span>
      <Icon name="right" />
    </button>
  );
}
