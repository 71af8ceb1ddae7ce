import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HNSWLib } from '@langchain/community/vectorstores/hnswlib';
import { Document } from '@langchain/core/documents';
import { RecursiveCharacterTextSplitter } from '@langchain/textsplitters';
import { createHashingEmbeddings } from '../../src/embeddings/hashing.ts';

// A process of its own, so that its memory can be told: a folder of Markdown in, a directory of LangChain's vector store out.
const [, , folder = '', directory = ''] = process.argv;
const names = readdirSync(folder).filter((name) => name.endsWith('.md'));
const files = names.map(
  (name) => new Document({ pageContent: readFileSync(join(folder, name), 'utf8'), metadata: { source: name } }),
);
const chunks = await new RecursiveCharacterTextSplitter().splitDocuments(files);
const store = await HNSWLib.fromDocuments(chunks, createHashingEmbeddings());
await store.save(directory);
process.stdout.write(`${chunks.length}\n`);
