import type { CitationView } from '../api/views.ts';
import { dateInWords, languageOf } from '../messages/in-words.ts';
import { messages } from '../messages/messages.ts';
import { glue } from '../parts/markdown.tsx';
import { ProblemBox } from '../parts/problem-box.tsx';
import { askAgain } from '../state/conversation.ts';
import type { TurnRecord } from '../state/conversation-store.ts';
import { Answer } from './answer.tsx';
import { Marker } from './marker.tsx';

/** One question and what came of it. */
export function Turn({ turn }: { readonly turn: TurnRecord }) {
  const { id, question, state, answer, problem } = turn;
  const t = messages.value;
  return (
    <article class="turn" aria-busy={state === 'asking'} aria-labelledby={`question-${id}`} data-turn={id}>
      <header>
        <h2 class="question" id={`question-${id}`} lang={languageOf(question)} dir="auto">
          {question}
        </h2>
        <Restrictions turn={turn} />
      </header>
      {state === 'asking' && <Draft turn={turn} />}
      {answer && <Answer turn={turn} answer={answer} />}
      {problem && <ProblemBox problem={problem} onRetry={() => askAgain(turn)} />}
      {state === 'stopped' && (
        <div class="stopped">
          <p>{t.turn.stopped}</p>
          <button type="button" class="plain" onClick={() => askAgain(turn)}>
            {t.turn.again}
          </button>
        </div>
      )}
    </article>
  );
}

/** How the question was read and what it was restricted to, where that is not plain. */
function Restrictions({ turn: { question, asOf, authorities, answer } }: { readonly turn: TurnRecord }) {
  const t = messages.value;
  const standalone = answer?.standaloneQuestion;
  const only = authorities.map((authority) => t.authorityShort[authority]).join(', ');
  return (
    <>
      {standalone !== undefined && standalone.trim() !== question.trim() && (
        <p class="read-as">
          {t.turn.readAs} <span lang={languageOf(standalone)}>{standalone}</span>
        </p>
      )}
      {(asOf !== '' || only !== '') && (
        <p class="restrictions">
          {asOf !== '' && <span>{t.turn.asOf(dateInWords(asOf))}</span>}
          {only !== '' && <span>{t.turn.only(only)}</span>}
        </p>
      )}
    </>
  );
}

/** Verified sentences as they come, and what is being done meanwhile. */
function Draft({ turn: { sentences, stage } }: { readonly turn: TurnRecord }) {
  const t = messages.value.turn;
  const citations = sentences.flatMap((sentence): readonly CitationView[] => sentence.citations);
  return (
    <>
      <div class="prose coming" aria-live="polite">
        {sentences.map(({ text, markers }, index) => (
          <p key={index} lang={languageOf(text)}>
            {glue(
              `${text} `,
              markers.map((marker) => <Marker key={marker} marker={marker} citations={citations} />),
            )}
          </p>
        ))}
      </div>
      <p class="stage" role="status">
        <span class="pulse" aria-hidden="true" />
        {(stage !== undefined && t.stages[stage]) || t.asking}
      </p>
    </>
  );
}
