import { splitWords, stem } from './terms.ts';

/** Kana and the common Han characters, which are compared as they are. */
const JAPANESE = /^[\u3041-\u3096\u30a1-\u30fa\u30fc\u3005\u4e00-\u9fff]+$/;
const ENGLISH = /^[a-z]+(?: [a-z]+)*$/i;

/** A form as it is looked up: its words in order, as `splitWords` gives them; without its detours where none are needed. */
export function keyOf(form: string): string {
  if (JAPANESE.test(form)) return form;
  if (ENGLISH.test(form)) return form.toLowerCase().split(' ').map(stem).join(' ');
  return splitWords(form).join(' ');
}
