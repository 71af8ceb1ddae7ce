const ENGLISH = /\b(?:the|what|which|when|where|who|whom|whose|how|why|did|does|are|were|tell|list|explain|show)\b/i;

/** Whether a question has a word that only English has: what is neither this nor in a script of ours may be any language. */
export function asksInEnglish(question: string): boolean {
  return ENGLISH.test(question);
}
