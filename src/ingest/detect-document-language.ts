import { franc } from 'franc-min';
import { detectLanguage } from '../language/detect-language.ts';

/** Characters that are looked at; front matter and title pages come first, so that they are taken from the middle too. */
const SAMPLE = 4000;
/** Shorter texts in Latin letters are too few to tell languages apart. */
const SHORTEST = 200;

/** The language of a document's text, as a BCP-47 tag: by its script where that tells, else by its letter triples. */
export function detectDocumentLanguage(text: string): string {
  const middle = Math.max(0, Math.floor(text.length / 2) - SAMPLE / 2);
  const sample = `${text.slice(0, SAMPLE)} ${text.slice(Math.max(SAMPLE, middle), Math.max(SAMPLE, middle) + SAMPLE)}`;
  const byScript = detectLanguage(sample);
  if (byScript !== 'en' || sample.trim().length < SHORTEST) return byScript;
  const code = franc(sample, { minLength: SHORTEST });
  return code === 'und' || code === 'sco' ? 'en' : (Intl.getCanonicalLocales(code)[0] ?? 'en');
}
