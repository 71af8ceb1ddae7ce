import type { PassageView } from '../api/views.ts';
import { languageOf } from '../messages/in-words.ts';
import { messages } from '../messages/messages.ts';
import { AuthorityGlyph } from '../parts/authority-glyph.tsx';
import { Icon } from '../parts/icon.tsx';
import { documentPath } from '../state/route.ts';

export interface Listed {
  readonly chunkId: string;
  /** Absent until its text has come, or where it cannot be found again. */
  readonly passage: PassageView | undefined;
  readonly cited: boolean;
  readonly reason?: string | undefined;
}

/** Passages by title and heading, each opening its document there. */
export function PassageList({ items }: { readonly items: readonly Listed[] }) {
  return (
    <ul class="passages">
      {items.map((item) => (
        <li key={item.chunkId}>
          <Name {...item} />
          {item.reason !== undefined && <span class="reason">{item.reason}</span>}
        </li>
      ))}
    </ul>
  );
}

function Name({ chunkId, passage, cited }: Listed) {
  if (!passage) return <code>{chunkId}</code>;
  const { title, headings, documentId, authority } = passage;
  const heading = headings.at(-1);
  return (
    <a href={documentPath(documentId, passage)} lang={languageOf(title)}>
      <AuthorityGlyph authority={authority} />
      <span>
        {title}
        {heading !== undefined && heading !== title && <small> {heading}</small>}
      </span>
      {cited && (
        <span class="quoted">
          <Icon name="check" /> {messages.value.receipt.quoted}
        </span>
      )}
    </a>
  );
}
