import { signal, type ReadonlySignal } from '@preact/signals';

function follow(query: string): ReadonlySignal<boolean> {
  const list = window.matchMedia(query);
  const matches = signal(list.matches);
  list.addEventListener('change', () => void (matches.value = list.matches));
  return matches;
}

/** Too narrow for a sidebar beside the page. */
export const narrow = follow('(max-width: 60rem)');

/** Too narrow for a source beside the answer: it lies over it as a sheet. */
export const sheet = follow('(max-width: 68rem)');
