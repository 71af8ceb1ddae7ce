import type { PassageFilters } from './domain.ts';

/** A condition on the table `documents`. Values are bound: `bind` adds one and gives its place, such as `$3`. */
export function conditionOf(filters: PassageFilters, bind: (value: unknown) => string): string {
  const parts = [
    filters.authority && `authority = ANY(${bind(filters.authority)})`,
    filters.kind && `kind = ANY(${bind(filters.kind)})`,
    filters.documentIds && `documents.id = ANY(${bind(filters.documentIds)})`,
    filters.language && languageCondition(bind(filters.language)),
    // A date known only to the month or year counts from its first day.
    filters.asOf && `(date IS NOT NULL AND date <= left(${bind(filters.asOf)}, length(date)))`,
  ].filter((part) => part !== undefined);
  return parts.join(' AND ') || 'TRUE';
}

/** `pt` finds `pt` and `pt-BR`. */
function languageCondition(wanted: string): string {
  return `EXISTS (SELECT 1 FROM unnest(${wanted}::text[]) AS wanted
    WHERE lower(language) = lower(wanted) OR starts_with(lower(language), lower(wanted) || '-'))`;
}

/** Collects the values of one statement. */
export function createBinder(...first: unknown[]): { values: unknown[]; bind: (value: unknown) => string } {
  const values = [...first];
  return { values, bind: (value) => `$${values.push(value)}` };
}
