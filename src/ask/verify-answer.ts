import type { AnswerSentence, Citation, Receipt, SourceDocument } from '../domain.ts';
import { weighSupport } from './ground.ts';
import { digestAnswer } from './receipt.ts';

/** An answer as it was kept, with every field that its receipt seals. */
export interface SavedAnswer {
  /** Everything the reader was given, but the receipt. */
  readonly said: object;
  readonly answer: string;
  readonly sentences: readonly AnswerSentence[];
  readonly citations: readonly Citation[];
  readonly receipt: Receipt;
}

/**
 * `intact`: nothing changed. `holds`: the corpus changed, and every quote still stands where it stood. `outdated`: a quoted
 * document is gone, moved the quote or changed its standing. `altered`: the answer itself is not what was given.
 */
export type Verdict = 'intact' | 'holds' | 'outdated' | 'altered';

const FINDINGS = {
  'digest-mismatch': 'altered',
  'sentence-unsupported': 'altered',
  'marker-unknown': 'altered',
  'document-gone': 'outdated',
  'quote-gone': 'outdated',
  'quote-moved': 'outdated',
  'document-changed': 'outdated',
  'passage-gone': 'holds',
  'passage-changed': 'holds',
  'index-changed': 'holds',
  'model-changed': 'holds',
} as const satisfies Record<string, Verdict>;

/** Worst first. */
const VERDICTS = ['altered', 'outdated', 'holds', 'intact'] as const;

export interface Finding {
  readonly code: keyof typeof FINDINGS;
  /** What was found, in a sentence. */
  readonly detail: string;
  /** The citation it is about. */
  readonly marker?: number;
}

export interface Verification {
  readonly verdict: Verdict;
  /** Whether every quote stands, and the answer is the one that was given. */
  readonly verified: boolean;
  readonly findings: readonly Finding[];
  /** How much was looked at. */
  readonly checked: { readonly sentences: number; readonly quotes: number; readonly passages: number };
}

export interface VerifyDependencies {
  readonly findDocument: (id: string) => Promise<SourceDocument | undefined>;
  readonly findChunkDigests: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** What an answer given now would rest on. */
  readonly describeProvenance: () => Promise<
    Pick<Receipt, 'indexDigest' | 'embeddings' | 'chatModel' | 'promptDigests'>
  >;
}

/** Holds a saved answer against its own receipt and against the corpus as it is now. */
export async function verifyAnswer(saved: SavedAnswer, deps: VerifyDependencies): Promise<Verification> {
  const { sentences, citations, receipt } = saved;
  const documents = new Map<string, SourceDocument | undefined>();
  for (const { documentId } of citations) {
    if (!documents.has(documentId)) documents.set(documentId, await deps.findDocument(documentId));
  }
  const findings = [
    ...checkSeal(saved),
    ...sentences.flatMap((sentence) => checkSentence(sentence, saved)),
    ...citations.flatMap((citation) => checkCitation(citation, documents.get(citation.documentId))),
    ...(await checkPassages(receipt, deps)),
    ...(await checkProvenance(receipt, deps)),
  ];
  const verdict = VERDICTS.find((worst) => findings.some(({ code }) => FINDINGS[code] === worst)) ?? 'intact';
  return {
    verdict,
    verified: verdict === 'intact' || verdict === 'holds',
    findings,
    checked: { sentences: sentences.length, quotes: citations.length, passages: receipt.passages.length },
  };
}

function checkSeal({ said, receipt: { digest, ...listed } }: SavedAnswer): Finding[] {
  if (digestAnswer(said, listed) === digest) return [];
  return [{ code: 'digest-mismatch', detail: 'The answer or its receipt was changed after it was given.' }];
}

/** The sentence stands in the answer, and its quotes hold what it says. */
function checkSentence({ text, markers }: AnswerSentence, { answer, citations }: SavedAnswer): Finding[] {
  const cited = citations.filter(({ marker }) => markers.includes(marker));
  if (cited.length < new Set(markers).size || cited.length === 0 || !hasSentence(answer, text)) {
    return [{ code: 'marker-unknown', detail: `“${text}” is not in the answer with citations of its own.` }];
  }
  const verdict = weighSupport(text, cited);
  return 'reason' in verdict ? [{ code: 'sentence-unsupported', detail: `“${text}”: ${verdict.reason}.` }] : [];
}

function hasSentence(answer: string, text: string): boolean {
  return answer.replaceAll(/\\\[(\d+)\\\]/g, '[$1]').includes(text);
}

function checkCitation(citation: Citation, document: SourceDocument | undefined): Finding[] {
  const { marker, documentId, quote, start, end } = citation;
  if (!document) return [{ code: 'document-gone', marker, detail: `The document ${documentId} is no longer there.` }];
  const changed = changedFields(citation, document).map((change): Finding => ({
    code: 'document-changed',
    marker,
    detail: `“${document.title}”: ${change}.`,
  }));
  return [...checkQuote({ quote, start, end, marker }, document), ...changed];
}

function checkQuote(
  { quote, start, end, marker }: Pick<Citation, 'quote' | 'start' | 'end' | 'marker'>,
  { text, title }: SourceDocument,
): Finding[] {
  if (text.slice(start, end) === quote) return [];
  const now = text.indexOf(quote);
  if (now === -1 || quote === '') {
    return [{ code: 'quote-gone', marker, detail: `“${title}” no longer says “${quote}”.` }];
  }
  const detail = `“${quote}” stands in “${title}” at ${now}–${now + quote.length}, not at ${start}–${end}.`;
  return [{ code: 'quote-moved', marker, detail }];
}

/** What a reader was told of the document and is no longer so. */
function changedFields(citation: Citation, document: SourceDocument): string[] {
  const fields = ['title', 'authority', 'textKind', 'status', 'date'] as const;
  return fields
    .filter((field) => citation[field] !== document[field])
    .map((field) => `its ${field} was ${citation[field] ?? 'unknown'} and is ${document[field] ?? 'unknown'}`);
}

async function checkPassages({ passages }: Receipt, { findChunkDigests }: VerifyDependencies): Promise<Finding[]> {
  const digests = await findChunkDigests(passages.map(({ chunkId }) => chunkId));
  return passages.flatMap(({ chunkId, digest }): Finding[] => {
    const now = digests.get(chunkId);
    if (now === digest) return [];
    if (now === undefined) return [{ code: 'passage-gone', detail: `The passage ${chunkId} is no longer there.` }];
    return [{ code: 'passage-changed', detail: `The passage ${chunkId} has another text or title now.` }];
  });
}

async function checkProvenance(receipt: Receipt, { describeProvenance }: VerifyDependencies): Promise<Finding[]> {
  const now = await describeProvenance();
  const findings: Finding[] = [];
  if (receipt.indexDigest !== now.indexDigest) {
    findings.push({
      code: 'index-changed',
      detail: 'Documents or vectors have come or gone since the answer was given.',
    });
  }
  const models = [
    ['The embedding model', receipt.embeddings, now.embeddings],
    ['The chat model', receipt.chatModel, now.chatModel],
    ['The prompts', promptsOf(receipt), promptsOf(now)],
  ] as const;
  for (const [name, then, current] of models) {
    if (then !== current) findings.push({ code: 'model-changed', detail: `${name} was ${then} and is ${current}.` });
  }
  return findings;
}

function promptsOf({ promptDigests }: Pick<Receipt, 'promptDigests'>): string {
  const prompts = Object.entries(promptDigests).map(([name, digest]) => `${name} ${digest.slice(0, 12)}`);
  return prompts.toSorted().join(', ') || 'none';
}
