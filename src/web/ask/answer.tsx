import type { AnswerView } from '../api/views.ts';
import { messages } from '../messages/messages.ts';
import { Markdown } from '../parts/markdown.tsx';
import type { TurnRecord } from '../state/conversation-store.ts';
import { AnswerActions } from './answer-actions.tsx';
import { Conflicts } from './conflicts.tsx';
import { Marker } from './marker.tsx';
import { References } from './references.tsx';
import { QuestionButton } from './welcome.tsx';

interface AnswerProps {
  readonly turn: TurnRecord;
  readonly answer: AnswerView;
}

/** A verified answer, or a deliberate abstention, with everything to check it by. */
export function Answer({ turn, answer }: AnswerProps) {
  const { outcome, citations, conflicts, suggestions } = answer;
  const t = messages.value.turn;
  return (
    <div class="answer">
      {outcome === 'answered' ? <Prose answer={answer} /> : <Abstention answer={answer} />}
      <Conflicts {...{ conflicts, citations }} />
      <AnswerActions {...{ turn, answer }} />
      {citations.length > 0 && <References citations={citations} />}
      {suggestions.length > 0 && (
        <section class="suggestions">
          <h3>{t.suggestions}</h3>
          <ul>
            {suggestions.map((question) => (
              <li key={question}>
                <QuestionButton question={question} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function Prose({ answer: { answer, language, citations } }: Pick<AnswerProps, 'answer'>) {
  return (
    <div class="prose" lang={language}>
      <Markdown text={answer} marker={(marker) => <Marker marker={marker} citations={citations} />} />
    </div>
  );
}

function Abstention({ answer }: Pick<AnswerProps, 'answer'>) {
  const t = messages.value.abstention;
  const { reason } = answer;
  return (
    <div class="abstention">
      <svg class="abstention-mark" viewBox="0 0 48 48" width="40" height="40" aria-hidden="true">
        <path d="M14 6h-6v36h6M34 6h6v36h-6" />
        <path d="M19 24h10" />
      </svg>
      <div>
        {reason !== 'out-of-scope' && <h3>{t.title}</h3>}
        <Prose answer={answer} />
        <p class="why">
          {reason !== 'out-of-scope' && t.rule} <a href="/corpus">{t.browse}</a>
        </p>
      </div>
    </div>
  );
}
