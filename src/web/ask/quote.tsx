import { languageOf } from '../messages/in-words.ts';

/** A quote as a reader sees it: its line breaks are the document's, not the sentence's. */
export function Quote({ text }: { readonly text: string }) {
  return (
    <blockquote lang={languageOf(text)} dir="auto">
      {text.replaceAll(/\s+/g, ' ')}
    </blockquote>
  );
}
