import type { DocumentSummaryView } from '../api/views.ts';
import { inWords, languageInWords } from '../messages/in-words.ts';
import { messages } from '../messages/messages.ts';
import type { DocumentFilter } from './filter-documents.ts';

interface FiltersProps {
  readonly documents: readonly DocumentSummaryView[];
  readonly filter: DocumentFilter;
  readonly setFilter: (filter: DocumentFilter) => void;
}

export function CorpusFilters({ documents, filter, setFilter }: FiltersProps) {
  const t = messages.value;
  const set = (field: keyof DocumentFilter) => (value: string) => setFilter({ ...filter, [field]: value });
  const valuesOf = (field: 'kind' | 'authority' | 'language'): string[] =>
    [...new Set(documents.map((document) => document[field]))].toSorted();
  return (
    <>
      <input
        type="search"
        value={filter.query}
        placeholder={t.corpus.search}
        aria-label={t.corpus.search}
        onInput={(event) => set('query')(event.currentTarget.value)}
      />
      <Choice
        label={t.corpus.kind}
        value={filter.kind}
        options={valuesOf('kind').map((kind) => [kind, inWords(kind, t.kind)])}
        onChange={set('kind')}
      />
      <Choice
        label={t.corpus.authority}
        value={filter.authority}
        options={valuesOf('authority').map((authority) => [authority, inWords(authority, t.authority)])}
        onChange={set('authority')}
      />
      <Choice
        label={t.corpus.language}
        value={filter.language}
        options={valuesOf('language').map((tag) => [tag, languageInWords(tag)])}
        onChange={set('language')}
      />
    </>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [string, string])[];
  readonly onChange: (value: string) => void;
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <select value={value} aria-label={label} onChange={(event) => onChange(event.currentTarget.value)}>
      <option value="">{`${label}: ${messages.value.corpus.all}`}</option>
      {options.map(([option, words]) => (
        <option key={option} value={option}>
          {words}
        </option>
      ))}
    </select>
  );
}
