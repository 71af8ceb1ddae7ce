import { useMemo, useState } from 'preact/hooks';
import { AUTHORITIES, type DocumentSummaryView } from '../api/views.ts';
import { dateInWords, inWords } from '../messages/in-words.ts';
import { messages } from '../messages/messages.ts';
import { AuthorityBadge } from '../parts/authority-badge.tsx';
import { documentPath } from '../state/route.ts';
import { language } from '../state/settings.ts';

type Column = 'title' | 'date' | 'kind' | 'authority' | 'status';

const COLUMNS: readonly Column[] = ['title', 'date', 'kind', 'authority', 'status'];

interface Order {
  readonly column: Column;
  readonly down: boolean;
}

/** Documents in rows that any column orders. */
export function DocumentTable({ documents }: { readonly documents: readonly DocumentSummaryView[] }) {
  const t = messages.value.corpus;
  const [order, setOrder] = useState<Order>({ column: 'date', down: true });
  const sorted = useMemo(() => sortDocuments(documents, order), [documents, order]);
  const turn = (column: Column) => (): void =>
    setOrder({ column, down: order.column === column ? !order.down : column === 'date' });
  return (
    <table class="documents">
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <th key={column} scope="col" aria-sort={sortOf(order, column)}>
              <button type="button" onClick={turn(column)}>
                {t.columns[column]}
                <span aria-hidden="true">{order.column === column ? (order.down ? ' ↓' : ' ↑') : ''}</span>
              </button>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {sorted.map((document) => (
          <DocumentRow key={document.id} document={document} />
        ))}
      </tbody>
    </table>
  );
}

function sortOf({ column, down }: Order, asked: Column): 'ascending' | 'descending' | 'none' {
  return column !== asked ? 'none' : down ? 'descending' : 'ascending';
}

function DocumentRow({ document }: { readonly document: DocumentSummaryView }) {
  const t = messages.value;
  const { id, title, language: tag, date, kind, authority, status } = document;
  return (
    <tr>
      <th scope="row">
        <a href={documentPath(id)} lang={tag}>
          {title}
        </a>
      </th>
      <td>{dateInWords(date, 'short')}</td>
      <td>{inWords(kind, t.kind)}</td>
      <td>
        <AuthorityBadge authority={authority} />
      </td>
      <td>{inWords(status, t.status)}</td>
    </tr>
  );
}

function sortDocuments(documents: readonly DocumentSummaryView[], { column, down }: Order): DocumentSummaryView[] {
  const { compare } = new Intl.Collator(language.value, { numeric: true });
  const keyOf = (document: DocumentSummaryView): string =>
    column === 'authority' ? String(AUTHORITIES.indexOf(document.authority)) : (document[column] ?? '');
  const sorted = documents.toSorted((a, b) => compare(keyOf(a), keyOf(b)) || compare(a.title, b.title));
  return down ? sorted.toReversed() : sorted;
}
