import type { Exchange, Outgoing } from './exchange.ts';
import type { RecordedCall } from './vendor-server.ts';

/** What a person does in a chat tool. */
export interface Asking {
  readonly text: string;
  /** The tool's id of what happened; the same id is the same event. */
  readonly event: string;
  readonly user?: string;
  readonly thread?: string;
  /** Unix time in seconds at which the tool says it sent it; default: now. */
  readonly at?: number;
}

/** What every channel must hold; the columns of the table. */
export const CELLS = [
  'signature',
  'replay',
  'duplicate',
  'slow answer',
  'long answer',
  'abstention',
  'citations intact',
  'markup escaped',
  'vendor outage',
  'restart in mid-answer',
] as const;
export type Cell = (typeof CELLS)[number];

/** One chat tool as its own servers and clients behave. */
export interface ChannelDriver {
  readonly name: string;
  /** The settings that switch the channel on, with the tool's servers at this address. */
  settings(vendorUrl: string): Record<string, string>;
  /** The request that the tool's servers send, signed. */
  ask(asking: Asking): Outgoing | Promise<Outgoing>;
  /** The same with a signature that is not the tool's; by default other bytes under the same signature. */
  forge?(outgoing: Outgoing): Outgoing;
  /** The messages that a call brings, if it brings any. */
  messagesOf(call: RecordedCall): readonly object[];
  /** The messages that a reply brings, where replies do. */
  readonly repliesOf?: (reply: Exchange) => readonly object[];
  /** What a person sees of a message, and where its links lead: `label⟦address⟧`. */
  read(message: object): string;
  /** The parts that a message joins of a long answer; default: it is one. */
  partsOf?(message: object): string[];
  /** What of a message the tool would take for markup that is not ours. */
  findLiveMarkup(message: object): string[];
  /** How long a message is, in the tool's own measure, and the most it takes. */
  measure(message: object): { readonly length: number; readonly limit: number };
  /** Cells that hold in another way than in most tools, and in which; that way is tested. */
  readonly otherwise: Partial<Record<Cell, string>>;
}

/** A citation as a reader finds it in what arrived. */
export interface RecoveredCitation {
  readonly documentId: string;
  readonly quote: string;
}

const REFERENCE = /\[\d+\] [^⟦⟧]*⟦([^⟧]*)⟧ — [^\n]*\n“([^]*?)”(?=\n+\[\d+\] [^⟦⟧]*⟦|\s*$)/g;

/** The references in what a person sees. */
export function recoverCitations(texts: readonly string[]): RecoveredCitation[] {
  return texts.flatMap((text) =>
    [...text.matchAll(REFERENCE)].map(([, url = '', quote = '']) => ({
      documentId: decodeURIComponent(new URL(url).pathname.replace('/documents/', '')),
      quote,
    })),
  );
}

/** The distinct (documentId, quote) pairs, in an order of their own. */
export function pairsOf(citations: readonly RecoveredCitation[]): string[] {
  return [...new Set(citations.map(({ documentId, quote }) => JSON.stringify([documentId, quote])))].toSorted();
}
