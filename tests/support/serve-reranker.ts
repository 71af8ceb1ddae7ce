import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';

interface Asked {
  readonly query: string;
  readonly documents?: readonly string[];
  readonly texts?: readonly string[];
  readonly model?: string;
}

export interface ServedReranker {
  readonly url: string;
  readonly requests: { readonly path: string; readonly authorization: string | undefined; readonly body: Asked }[];
  /** From now on: this status, or an answer this late, or one that lacks a passage. */
  misbehave(how: { status?: number; delayMs?: number; forget?: boolean }): void;
  close(): void;
}

/** A loopback server that scores passages by the words they share with the question, in the shapes of the providers. */
export async function serveReranker(): Promise<ServedReranker> {
  const requests: ServedReranker['requests'] = [];
  let fault: Parameters<ServedReranker['misbehave']>[0] = {};
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (part: Buffer) => (text += part.toString()));
    request.on('end', () => {
      const body = JSON.parse(text) as Asked;
      requests.push({ path: request.url ?? '', authorization: request.headers.authorization, body });
      const answer = JSON.stringify(shape(body, fault.forget === true));
      void setTimeout(fault.delayMs ?? 0).then(() =>
        response.writeHead(fault.status ?? 200, { 'Content-Type': 'application/json' }).end(answer),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { url, requests, close, misbehave: (how) => void (fault = how) };
}

/** Best first, as the providers answer. */
function shape({ query, documents, texts, model }: Asked, forget: boolean): unknown {
  const words = query.toLowerCase().match(/\w+/g) ?? [];
  const scored = (documents ?? texts ?? [])
    .map((text, index) => ({ index, score: words.filter((word) => text.toLowerCase().includes(word)).length }))
    .toSorted((a, b) => b.score - a.score)
    .slice(0, forget ? 1 : undefined);
  if (texts) return scored;
  const results = scored.map(({ index, score }) => ({ index, relevance_score: score }));
  return model?.startsWith('rerank-2') ? { object: 'list', data: results } : { results };
}
