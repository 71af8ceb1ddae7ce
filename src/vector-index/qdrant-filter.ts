import type { DocumentMetadata, PassageFilters } from '../domain.ts';

/** What a point tells of its document: as much as filters ask for, and what shows that it is behind. */
export interface PointPayload {
  readonly document: string;
  /** Of the document, whose metadata may change while its chunks stay. */
  readonly digest: string;
  /** Whose vector it is. */
  readonly model: string;
  readonly authority: string;
  readonly kind: string;
  /** `pt-BR` is found as `pt`, too. */
  readonly languages: readonly string[];
  /** `YYYYMMDD` as a number; null without a date. */
  readonly day: number | null;
}

/** Fields of the payload that filters read, and how Qdrant is to index them. */
export const INDEXED_FIELDS = {
  document: 'keyword',
  authority: 'keyword',
  kind: 'keyword',
  languages: 'keyword',
  day: 'integer',
} as const;

/** Where LangChain's class keeps metadata within a payload. */
export const METADATA = 'metadata';

type Condition =
  | { readonly key: string; readonly match: { readonly any: string[] } }
  | { readonly key: string; readonly match: { readonly value: string } }
  | { readonly key: string; readonly range: { readonly lte: number } }
  | { readonly has_id: string[] };

/** As Qdrant's REST API takes it. */
export interface QdrantFilter {
  readonly must?: Condition[];
  readonly must_not?: Condition[];
}

export function payloadOf(
  { id, authority, kind, language, date }: DocumentMetadata,
  { digest, model }: Pick<PointPayload, 'digest' | 'model'>,
): PointPayload {
  const parts = language.toLowerCase().split('-');
  const languages = parts.map((_, i) => parts.slice(0, i + 1).join('-'));
  return { document: id, digest, model, authority, kind, languages, day: date === null ? null : dayOf(date) };
}

/** A date known only to the month or year counts from its first day. */
function dayOf(date: string): number {
  const [year = '0', month = '01', day = '01'] = date.split('-');
  return Number(year) * 10_000 + Number(month) * 100 + Number(day);
}

export function filterOf({ authority, kind, documentIds, language, asOf }: PassageFilters): QdrantFilter {
  const anyOf = (field: keyof PointPayload, values: readonly string[] | undefined): Condition[] =>
    values ? [{ key: `${METADATA}.${field}`, match: { any: [...values] } }] : [];
  return {
    must: [
      ...anyOf('authority', authority),
      ...anyOf('kind', kind),
      ...anyOf('document', documentIds),
      ...anyOf(
        'languages',
        language?.map((wanted) => wanted.toLowerCase()),
      ),
      ...(asOf === undefined ? [] : [{ key: `${METADATA}.day`, range: { lte: dayOf(asOf) } }]),
    ],
  };
}

export function filterByDocument(id: string): QdrantFilter {
  return { must: [{ key: `${METADATA}.document`, match: { value: id } }] };
}

/** Points that another model's vectors are at. */
export function filterByOtherModels(model: string): QdrantFilter {
  return { must_not: [{ key: `${METADATA}.model`, match: { value: model } }] };
}

export function filterByLabels(labels: readonly number[]): QdrantFilter {
  return { must: [{ has_id: labels.map(pointIdOf) }] };
}

/** A label as the identifier of a point, in the form of a UUID, since LangChain's class takes no numbers. */
export function pointIdOf(label: number): string {
  const digits = label.toString(16).padStart(32, '0');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

export function labelOf(pointId: string | number): number {
  return Number.parseInt(String(pointId).replaceAll('-', ''), 16);
}
