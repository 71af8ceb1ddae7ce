import { signal } from '@preact/signals';
import { AUTHORITIES, type AskFilters } from '../api/views.ts';

/** What the address names. */
export type Route =
  | { readonly view: 'ask' | 'corpus' | 'admin' | 'nowhere' }
  | { readonly view: 'document'; readonly id: string; readonly hash: string };

export const route = signal<Route>(readRoute());

export function readRoute(): Route {
  const { pathname, hash } = location;
  if (pathname === '/') return { view: 'ask' };
  if (pathname === '/corpus' || pathname === '/admin') return { view: pathname === '/admin' ? 'admin' : 'corpus' };
  if (!pathname.startsWith('/documents/')) return { view: 'nowhere' };
  return { view: 'document', id: readId(pathname), hash };
}

/** The id after `/documents/`; one that is not well-formed is that of no document. */
function readId(pathname: string): string {
  try {
    return decodeURIComponent(pathname.slice('/documents/'.length));
  } catch {
    return '';
  }
}

/** An id as it stands in an address, segment by segment. */
export function idPath(id: string): string {
  return id
    .split('/')
    .map((segment) => encodeURIComponent(segment))
    .join('/');
}

/** Where a document is read, opened at a range of it. */
export function documentPath(id: string, range?: { readonly start: number; readonly end: number }): string {
  return `/documents/${idPath(id)}${range ? `#${range.start}-${range.end}` : ''}`;
}

export function navigate(path: string): void {
  history.pushState(null, '', path);
  route.value = readRoute();
  window.scrollTo({ top: 0 });
}

/** Follows the browser's history, and links within the page. */
export function followAddress(): void {
  const read = (): void => void (route.value = readRoute());
  window.addEventListener('popstate', read);
  window.addEventListener('hashchange', read);
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (!link || !isPlainClick(event) || link.target !== '' || link.origin !== location.origin) return;
    const { pathname, search, hash } = link;
    if (pathname === location.pathname && hash !== '') return;
    event.preventDefault();
    navigate(pathname + search + hash);
  });
}

function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}

/** A question with its restrictions, as an address that asks it. */
export function questionPath(question: string, { asOf, authorities }: AskFilters): string {
  const params = new URLSearchParams({ q: question });
  if (asOf !== '') params.set('as-of', asOf);
  if (authorities.length > 0) params.set('authority', authorities.join(','));
  return `/?${params.toString()}`;
}

/** The question that the address asks, if it asks one. */
export function readQuestion(): ({ readonly question: string } & AskFilters) | undefined {
  const params = new URLSearchParams(location.search);
  const question = (params.get('q') ?? '').trim().slice(0, 2000);
  if (location.pathname !== '/' || question === '') return undefined;
  const asOf = params.get('as-of') ?? '';
  const named = (params.get('authority') ?? '').split(',');
  return {
    question,
    asOf: /^\d{4}-\d\d-\d\d$/.test(asOf) ? asOf : '',
    authorities: AUTHORITIES.filter((authority) => named.includes(authority)),
  };
}
