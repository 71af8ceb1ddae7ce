import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { startServer } from '../support/start-server.ts';
import type { AnchorDocument } from './bm25.ts';

/** What a bench reads of an answer. */
export interface BenchAnswer {
  readonly outcome: 'answered' | 'abstained';
  readonly sentences: readonly { readonly text: string }[];
  readonly citations: readonly { readonly quote: string }[];
  readonly answer: string;
  readonly trace: { readonly confidence?: number };
}

export interface BenchServer {
  readonly ask: (question: string, documentIds?: readonly string[]) => Promise<BenchAnswer>;
  readonly stop: () => Promise<void>;
}

/** A server with default settings over these documents, all of them embedded. */
export async function serveDocuments(documents: readonly AnchorDocument[]): Promise<BenchServer> {
  const folder = await mkdtemp(join(tmpdir(), 'concordat-bench-'));
  await Promise.all(documents.map((document, i) => writeFile(join(folder, `${i}.md`), asMarkdown(document))));
  const server = await startServer({ CORPUS_DIR: folder, EMBEDDINGS: 'sentence' });
  while (!(await isEmbedded(server.url))) await setTimeout(200);
  return {
    async ask(question, documentIds) {
      const body = { question, explain: true, ...(documentIds && { filters: { documentIds } }) };
      const response = await fetch(`${server.url}/api/ask`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      if (!response.ok) throw new Error(`${response.status} for “${question}”`);
      return (await response.json()) as BenchAnswer;
    },
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function isEmbedded(url: string): Promise<boolean> {
  const { embedded } = (await (await fetch(`${url}/readyz`)).json()) as { embedded: number };
  return embedded === 1;
}

function asMarkdown({ id, title, text, lang }: AnchorDocument): string {
  return `---\nid: ${JSON.stringify(id)}\ntitle: ${JSON.stringify(title)}\nlanguage: ${lang}\n---\n${text}\n`;
}
