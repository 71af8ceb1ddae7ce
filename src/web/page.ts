import { askStream, type AskRequest, type Outcome } from './ask-stream.ts';
import { findElement } from './element.ts';
import { createTurnView, questionButton, type TurnView } from './turn-view.ts';

const EXAMPLES = [
  'What did the 2025 annual summit decide on investment?',
  'When did the trade agreement CEPA enter into force?',
  'डिजिटल साझेदारी 2.0 क्या है?',
  '日印共同声明はAIについて何を述べていますか?',
];

const form = findElement('ask', HTMLFormElement);
const field = findElement('question', HTMLTextAreaElement);
const submit = findElement('submit', HTMLButtonElement);
const turns = findElement('turns', HTMLElement);
const fresh = findElement('fresh', HTMLButtonElement);

/** The one conversation of this page. It is forgotten with the page. */
const conversation: { id: string | undefined; turns: number; asking: AbortController | undefined } = {
  id: undefined,
  turns: 0,
  asking: undefined,
};

async function ask(question: string): Promise<void> {
  const asking = new AbortController();
  conversation.asking?.abort();
  conversation.asking = asking;
  conversation.turns++;
  document.body.classList.add('asked');
  const again = (): void => {
    view.root.remove();
    void ask(question);
  };
  const view = createTurnView(question, `turn-${conversation.turns}`, { ask: (next) => void ask(next), retry: again });
  turns.append(view.root);
  view.root.scrollIntoView({ block: 'start' });
  showAsking(true);
  const { id: conversationId } = conversation;
  const request: AskRequest = { question, ...(conversationId !== undefined && { conversationId }) };
  const outcome = await askStream(request, view, asking.signal);
  show(outcome, view);
  if (conversation.asking !== asking) return;
  conversation.asking = undefined;
  showAsking(false);
}

function show(outcome: Outcome, view: TurnView): void {
  if ('answer' in outcome) {
    conversation.id = outcome.answer.conversationId;
    view.answer(outcome.answer);
  } else if ('stopped' in outcome) {
    view.stopped();
  } else if (outcome.problem.status === 404 && conversation.id !== undefined) {
    conversation.id = undefined;
    const detail = 'The server no longer has this conversation. Asked again, the question begins a new one.';
    view.problem({ ...outcome.problem, title: 'Conversation forgotten', detail, retryable: true });
  } else {
    view.problem(outcome.problem);
  }
}

/** While an answer is on its way, the button stops it. */
function showAsking(asking: boolean): void {
  submit.textContent = asking ? 'Stop' : 'Ask';
  submit.classList.toggle('stop', asking);
}

function submitField(): void {
  const question = field.value.trim();
  if (question === '') {
    field.focus();
    return;
  }
  field.value = '';
  void ask(question);
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  if (conversation.asking) conversation.asking.abort();
  else submitField();
});

field.addEventListener('keydown', (event) => {
  // Enter also ends a word in Japanese and Indic input methods: then it is not ours.
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  if (!conversation.asking) submitField();
});

fresh.addEventListener('click', () => {
  conversation.asking?.abort();
  conversation.id = undefined;
  turns.replaceChildren();
  document.body.classList.remove('asked');
  field.focus();
});

findElement('examples', HTMLElement).append(
  ...EXAMPLES.map((question) => questionButton(question, (text) => void ask(text))),
);
