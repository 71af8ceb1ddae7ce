import type { Duplicate, IngestReport, Rejection } from '../domain.ts';
import type { FoundFile } from './load.ts';
import type { Placement } from './plan.ts';

/** What came of each file, as it comes. */
export interface Report {
  readonly rejected: readonly Rejection[];
  place(id: string, placement: Placement, file: Pick<FoundFile, 'path'>): void;
  reject(rejection: Rejection): void;
  remove(id: string): void;
  /** Ids that were written. */
  listWritten(): string[];
  finish(duplicates?: readonly Duplicate[]): IngestReport;
}

export function createReport(before: readonly Rejection[] = []): Report {
  const lists = { add: [], change: [], keep: [], deleted: [] } as Record<string, string[]>;
  const removed: string[] = [];
  const rejected = [...before];
  return {
    rejected,
    place(id, placement, { path }) {
      if (placement.act === 'reject') rejected.push({ uri: path, reason: placement.reason });
      else lists[placement.act]?.push(id);
    },
    reject: (rejection) => void rejected.push(rejection),
    remove: (id) => void removed.push(id),
    listWritten: () => [...(lists['add'] ?? []), ...(lists['change'] ?? [])],
    finish: (duplicates = []) => ({
      added: (lists['add'] ?? []).toSorted(),
      changed: (lists['change'] ?? []).toSorted(),
      kept: (lists['keep'] ?? []).toSorted(),
      removed: removed.toSorted(),
      rejected,
      deleted: (lists['deleted'] ?? []).toSorted(),
      duplicates,
    }),
  };
}
