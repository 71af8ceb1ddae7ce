import type { PreparedDocument } from '../corpus-store/corpus-store.ts';
import type { Rejection } from '../domain.ts';
import { prepareDocument, type RawDocument } from './prepare.ts';

/** Runs in a worker thread; the pool calls the default export. */
export default async function prepare(raw: RawDocument): Promise<PreparedDocument | Rejection> {
  return prepareDocument(raw);
}
