import type { Authority } from '../api/views.ts';
import { messages } from '../messages/messages.ts';
import { AuthorityGlyph } from './authority-glyph.tsx';

/** A document's authority, in words and shape. */
export function AuthorityBadge({ authority }: { readonly authority: Authority }) {
  return (
    <span class={`badge ${authority}`}>
      <AuthorityGlyph authority={authority} />
      {messages.value.authority[authority]}
    </span>
  );
}
