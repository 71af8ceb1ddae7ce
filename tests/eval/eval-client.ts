import { z } from 'zod';
import { evalAnswer, type EvalAnswer } from './eval-answer.ts';

const document = z.object({ text: z.string() });

interface AskRequest {
  readonly question: string;
  readonly conversationId?: string;
  readonly asOf?: string;
}

export interface EvalClient {
  ask(request: AskRequest): Promise<EvalAnswer>;
  /** The text that the offsets of citations point into; null when there is no such document. */
  readText(documentId: string): Promise<string | null>;
}

/** Talks to a running server. */
export function createEvalClient(url: string): EvalClient {
  const texts = new Map<string, string | null>();
  return {
    ask: async (request) => {
      const headers = { 'Content-Type': 'application/json' };
      const response = await fetch(`${url}/api/ask`, { method: 'POST', headers, body: JSON.stringify(request) });
      if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
      return evalAnswer.parse(await response.json());
    },
    readText: async (documentId) => {
      const known = texts.get(documentId);
      if (known !== undefined) return known;
      const response = await fetch(`${url}/api/documents/${encodeURIComponent(documentId)}`);
      const text = response.ok ? document.parse(await response.json()).text : null;
      texts.set(documentId, text);
      return text;
    },
  };
}
