import type { Authority } from '../api/views.ts';

/** Authority is told by shape and words; its colour only repeats them. */
const AUTHORITY_SHAPES: Readonly<Record<Authority, string>> = {
  primary: 'M6 .6 11.4 6 6 11.4.6 6z',
  official: 'M6 1a5 5 0 1 0 0 10A5 5 0 0 0 6 1z',
  news: 'M6 1.3 11.3 10.7H.7z',
  commentary: 'M1.7 1.7h8.6v8.6H1.7z',
};

export function AuthorityGlyph({ authority }: { readonly authority: Authority }) {
  return (
    <svg class={`glyph ${authority}`} viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
      <path d={AUTHORITY_SHAPES[authority]} />
    </svg>
  );
}
