import type { DocumentView, ProblemView } from './answer-view.ts';
import { readProblem } from './ask-stream.ts';
import { element, findElement } from './element.ts';
import { authorityBadge, dateInWords, inWords, languageInWords } from './in-words.ts';
import { renderSources } from './render-citations.ts';
import { readRange, renderText } from './render-text.ts';
import { renderProblem } from './turn-view.ts';

const BRIEF = 'This text is our own summary of the sources listed, not official wording.';
const SOURCE = 'This is the source’s own text.';

const NONE = 'There is no such document';

const main = findElement('document', HTMLElement);

/** Fetches the document that the address names, and shows it. */
async function open(): Promise<void> {
  const id = idOfAddress();
  if (id === '') {
    showProblem({ status: 404, title: NONE, detail: 'The address names no document.', retryable: false });
    return;
  }
  try {
    const response = await fetch(`/api/documents/${id}`);
    if (response.ok) show((await response.json()) as DocumentView);
    else showProblem(await readProblem(response));
  } catch {
    const detail = 'The server cannot be reached.';
    showProblem({ status: 0, title: 'The document cannot be opened', detail, retryable: true });
  }
}

/** The id after `/documents/`, encoded once, segment by segment. */
function idOfAddress(): string {
  const [, , ...segments] = location.pathname.split('/');
  return segments.map((segment) => encodeURIComponent(decodeURIComponent(segment))).join('/');
}

function show(document_: DocumentView): void {
  const { title, language, text } = document_;
  document.title = `${title} · Concordat`;
  const body = element('div', { class: 'text', lang: language, dir: 'auto' });
  main.replaceChildren(
    element('header', { class: 'masthead' }, [
      element('h1', { lang: language }, [title]),
      element('p', { class: 'facts' }, describe(document_)),
      element('p', { class: `kind ${document_.textKind}` }, [document_.textKind === 'brief' ? BRIEF : SOURCE]),
    ]),
    body,
    renderAside(document_),
  );
  const point = (): void => markRange(body, text);
  window.addEventListener('hashchange', point);
  point();
}

function describe({ authority, status, date }: DocumentView): Node[] {
  return [authorityBadge(authority), element('span', {}, [inWords(status)]), dateInWords(date)];
}

/** Marks what the address's hash names, and brings it into view. */
function markRange(body: HTMLElement, text: string): void {
  const { nodes, mark } = renderText(text, readRange(location.hash, text.length));
  body.replaceChildren(...nodes);
  mark?.scrollIntoView({ block: 'center' });
  mark?.focus({ preventScroll: true });
}

function renderAside(document_: DocumentView): HTMLElement {
  const { id, kind, language, parties, note, sources } = document_;
  const facts: readonly (readonly [string, Node | string])[] = [
    ['Kind', inWords(kind)],
    ['Authority', authorityBadge(document_.authority)],
    ['Status', inWords(document_.status)],
    ['Date', dateInWords(document_.date)],
    ['Language', languageInWords(language)],
    ...(parties.length > 0 ? [['Parties', parties.join(', ')] as const] : []),
    ...(note === null ? [] : [['Note', note] as const]),
    ['Id', element('code', {}, [id])],
  ];
  return element('aside', { 'aria-label': 'About this document' }, [
    element('h2', {}, ['About this document']),
    element(
      'dl',
      {},
      facts.flatMap(([name, value]) => [element('dt', {}, [name]), element('dd', {}, [value])]),
    ),
    ...(sources.length > 0
      ? [
          element('h2', {}, [document_.textKind === 'brief' ? 'Sources it summarises' : 'Sources']),
          renderSources(sources),
        ]
      : []),
  ]);
}

function showProblem(problem: ProblemView): void {
  const shown = problem.status === 404 ? { ...problem, title: NONE } : problem;
  document.title = `${shown.title} · Concordat`;
  const retry = (): void => void open();
  const home = element('p', {}, [element('a', { href: '/' }, ['Ask a question'])]);
  main.replaceChildren(renderProblem(shown, retry), home);
}

await open();
