import { AppError } from '../errors.ts';
import type { ChatModel } from './chat-model.ts';

/** The model, or, when it fails before its first claim, the other one; the answer says so. */
export function withFallback(model: ChatModel, other: ChatModel): ChatModel {
  return {
    ...model,
    async *draft(request, signal) {
      let claimed = false;
      try {
        for await (const event of model.draft(request, signal)) {
          claimed ||= event.type === 'claim';
          yield event;
        }
      } catch (error) {
        if (signal.aborted || claimed || !(error instanceof AppError)) throw error;
        yield { type: 'fallback', reason: error.message };
        yield* other.draft(request, signal);
      }
    },
  };
}
