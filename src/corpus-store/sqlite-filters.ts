import type { PassageFilters } from '../domain.ts';

/** A condition on the table `documents`, with its parameters; values are bound, never written into the SQL. */
export interface Condition {
  readonly sql: string;
  readonly parameters: readonly string[];
}

const EVERYTHING = 'TRUE';

const anyOf = (column: string): string => `${column} IN (SELECT value FROM json_each(?))`;

export function conditionOf(filters: PassageFilters): Condition {
  const parts: Condition[] = [];
  if (filters.authority) parts.push({ sql: anyOf('authority'), parameters: [JSON.stringify(filters.authority)] });
  if (filters.kind) parts.push({ sql: anyOf('kind'), parameters: [JSON.stringify(filters.kind)] });
  if (filters.documentIds)
    parts.push({ sql: anyOf('documents.id'), parameters: [JSON.stringify(filters.documentIds)] });
  if (filters.language) parts.push(languageCondition(filters.language));
  if (filters.asOf) {
    // A date known only to the month or year counts from its first day.
    parts.push({ sql: '(date IS NOT NULL AND date <= substr(?, 1, length(date)))', parameters: [filters.asOf] });
  }
  return {
    sql: parts.map(({ sql }) => sql).join(' AND ') || EVERYTHING,
    parameters: parts.flatMap(({ parameters }) => parameters),
  };
}

/** Whether every document passes, whatever it is. */
export function isUnconditional(filters: PassageFilters): boolean {
  return conditionOf(filters).sql === EVERYTHING;
}

/** `pt` finds `pt` and `pt-BR`. */
function languageCondition(languages: readonly string[]): Condition {
  return {
    sql: `EXISTS (SELECT 1 FROM json_each(?) AS wanted WHERE lower(language) = lower(wanted.value)
      OR lower(language) LIKE lower(wanted.value) || '-%')`,
    parameters: [JSON.stringify(languages)],
  };
}
