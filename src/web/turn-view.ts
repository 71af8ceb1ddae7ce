import type { AnswerView, CitationView, ProblemView } from './answer-view.ts';
import type { AskListener } from './ask-stream.ts';
import { element } from './element.ts';
import { languageOf } from './in-words.ts';
import { renderCitations } from './render-citations.ts';
import { renderMarkdown } from './render-markdown.ts';

const STAGES: Readonly<Record<string, string>> = {
  recall: 'Recalling the conversation…',
  rewrite: 'Reading the question…',
  retrieve: 'Searching the documents…',
  select: 'Choosing passages…',
  ground: 'Checking every quote…',
  compose: 'Writing the answer…',
};

export interface TurnActions {
  readonly ask: (question: string) => void;
  readonly retry: () => void;
}

/** One question and its answer on the page. */
export interface TurnView extends AskListener {
  readonly root: HTMLElement;
  answer(answer: AnswerView): void;
  problem(problem: ProblemView): void;
  stopped(): void;
}

/** A view that is empty but for the question. `id` is unique on the page. */
export function createTurnView(question: string, id: string, actions: TurnActions): TurnView {
  const status = element('p', { class: 'stage', role: 'status' }, ['Asking…']);
  const body = element('div', { class: 'answer', 'aria-live': 'polite', 'aria-busy': 'true' });
  const heading = element('h2', { class: 'question', lang: languageOf(question), dir: 'auto' }, [question]);
  const root = element('article', { class: 'turn', id }, [heading, status, body]);
  const citations: CitationView[] = [];
  const marker = (number: number): Node => renderMarker(number, { citations, id });
  const finish = (...nodes: readonly Node[]): void => {
    status.remove();
    body.replaceChildren(...nodes);
    body.setAttribute('aria-busy', 'false');
  };
  return {
    root,
    onStage: (name) => void (status.textContent = STAGES[name] ?? status.textContent),
    onSentence: ({ text, markers, citations: added }) => {
      citations.push(...added);
      const shown = [text, '\u00a0', ...markers.map(marker)];
      body.append(element('p', { class: 'verified', lang: languageOf(text) }, shown));
    },
    answer(answer) {
      citations.splice(0, citations.length, ...answer.citations);
      const { outcome, language, suggestions } = answer;
      const prose = element('div', { class: 'prose', lang: language }, renderMarkdown(answer.answer, marker));
      finish(
        outcome === 'answered' ? prose : renderAbstention(prose),
        ...(citations.length > 0 ? [renderCitations(citations, id)] : []),
        ...(suggestions.length > 0 ? [renderSuggestions(suggestions, actions.ask)] : []),
      );
    },
    problem: (problem) => finish(renderProblem(problem, actions.retry)),
    stopped: () => finish(element('p', { class: 'stopped' }, ['Stopped before there was an answer.'])),
  };
}

function renderMarker(marker: number, { citations, id }: { citations: readonly CitationView[]; id: string }): Node {
  const cited = citations.find((citation) => citation.marker === marker);
  if (!cited) return document.createTextNode(`[${marker}]`);
  const label = `Reference ${marker}: ${cited.title}`;
  return element('a', { class: 'marker', href: `#${id}-${marker}`, 'aria-label': label, title: cited.title }, [
    String(marker),
  ]);
}

function renderAbstention(prose: HTMLElement): HTMLElement {
  const reason =
    'Every sentence here has to be quoted from a document of the corpus. None carried an answer, so there is none.';
  return element('div', { class: 'abstention' }, [
    element('h3', {}, ['No answer, on purpose']),
    prose,
    element('p', { class: 'note' }, [reason]),
  ]);
}

function renderSuggestions(suggestions: readonly string[], ask: (question: string) => void): HTMLElement {
  return element(
    'section',
    { class: 'suggestions', 'aria-label': 'Ask next' },
    suggestions.map((question) => questionButton(question, ask)),
  );
}

/** A button that asks its own words. */
export function questionButton(question: string, ask: (question: string) => void): HTMLElement {
  const button = element('button', { type: 'button', class: 'chip', lang: languageOf(question) }, [question]);
  button.addEventListener('click', () => ask(question));
  return button;
}

/** A failure in words, with a way to try again where that may help. */
export function renderProblem(problem: ProblemView, retry: () => void): HTMLElement {
  const { title, detail, retryable, errors = [] } = problem;
  const faults = errors.map((error) =>
    element('li', {}, [`${error.pointer.slice(1) || 'The request'} ${error.detail}`]),
  );
  const again = element('button', { type: 'button', class: 'plain' }, ['Try again']);
  again.addEventListener('click', retry);
  return element('div', { class: 'problem', role: 'alert' }, [
    element('h3', {}, [title]),
    ...(detail === undefined ? [] : [element('p', {}, [detail])]),
    ...(faults.length > 0 ? [element('ul', {}, faults)] : []),
    ...(retryable ? [again] : []),
  ]);
}
