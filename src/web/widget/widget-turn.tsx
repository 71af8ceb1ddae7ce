import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { AnswerView, CitationView } from '../api/views.ts';
import { AuthorityGlyph } from '../parts/authority-glyph.tsx';
import { glue, Markdown, type RenderMarker } from '../parts/markdown.tsx';
import { Cited } from './cited.tsx';
import type { Exchange } from './use-conversation.ts';
import type { WidgetMessages } from './widget-messages.ts';

interface TurnProps {
  readonly turn: Exchange;
  readonly words: WidgetMessages;
  readonly language: string;
}

/** A question with its answer; a marker pressed shows its quote below. */
export function WidgetTurn({ turn, words, language }: TurnProps) {
  const [shown, setShown] = useState<number>();
  const citations = citationsOf(turn);
  const marker = (number: number): ComponentChildren => {
    const citation = citations.find((one) => one.marker === number);
    const toggle = (): void => setShown(shown === number ? undefined : number);
    return citation ? <Marker {...{ citation, words, toggle }} open={shown === number} /> : `[${number}]`;
  };
  const cited = citations.find((one) => one.marker === shown);
  return (
    <article aria-busy={turn.outcome === undefined}>
      <h3 class="question" dir="auto">
        {turn.question}
      </h3>
      <div class="answer">
        <Body {...{ turn, words, marker }} />
      </div>
      {cited && <Cited citation={cited} words={words} language={language} />}
    </article>
  );
}

function citationsOf({ outcome, sentences }: Exchange): readonly CitationView[] {
  return outcome && 'answer' in outcome ? outcome.answer.citations : sentences.flatMap(({ citations }) => citations);
}

interface BodyProps {
  readonly turn: Exchange;
  readonly words: WidgetMessages;
  readonly marker: RenderMarker;
}

function Body({ turn: { outcome, sentences }, words, marker }: BodyProps) {
  if (outcome && 'answer' in outcome) return <Answer {...{ words, marker }} answer={outcome.answer} />;
  if (outcome) {
    return <p class="stage">{'stopped' in outcome ? words.stopped : (outcome.problem.detail ?? words.failed)}</p>;
  }
  return (
    <>
      {sentences.map(({ text, markers }, index) => (
        <p key={index}>{glue(`${text} `, markers.map(marker))}</p>
      ))}
      <p class="stage">{words.asking}</p>
    </>
  );
}

interface AnswerProps extends Omit<BodyProps, 'turn'> {
  readonly answer: AnswerView;
}

function Answer({ answer: { answer, outcome, reason, language }, words, marker }: AnswerProps) {
  const abstained = outcome === 'abstained';
  return (
    <div class={abstained ? 'abstained' : undefined}>
      {abstained && reason !== 'out-of-scope' && <h4>{words.noAnswer}</h4>}
      <div lang={language}>
        <Markdown text={answer} marker={marker} />
      </div>
    </div>
  );
}

interface MarkerProps {
  readonly citation: CitationView;
  readonly words: WidgetMessages;
  readonly open: boolean;
  readonly toggle: () => void;
}

function Marker({ citation: { marker, authority, title }, words, open, toggle }: MarkerProps) {
  return (
    <button
      type="button"
      class={`marker ${authority}`}
      data-marker={marker}
      aria-expanded={open}
      aria-label={words.reference(marker, words.terms.authority[authority], title)}
      title={title}
      onClick={toggle}
    >
      <AuthorityGlyph authority={authority} />
      {marker}
    </button>
  );
}
