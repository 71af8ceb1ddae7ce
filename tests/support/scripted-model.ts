import type { ChatModel, DraftEvent, DraftRequest } from '../../src/chat-model/chat-model.ts';

/** A chat model that says what the test tells it to, and remembers what it was asked. */
export function createScriptedModel(script: (request: DraftRequest) => Iterable<DraftEvent>): ChatModel & {
  readonly requests: DraftRequest[];
} {
  const requests: DraftRequest[] = [];
  return {
    id: 'scripted',
    promptDigests: {},
    requests,
    async *draft(request, signal) {
      requests.push(request);
      for (const event of script(request)) {
        signal.throwIfAborted();
        yield event;
      }
    },
  };
}
