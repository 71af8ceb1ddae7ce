import {
  AUTHORITIES,
  STATUSES,
  type AnswerSentence,
  type Authority,
  type Citation,
  type Language,
  type Status,
} from '../domain.ts';
import { WORDING } from './wording.ts';

/** What the reader is told before a sentence: how official the best of its sources is, and how settled what it tells of. */
export function frameSentence({ markers }: AnswerSentence, citations: readonly Citation[], language: Language): string {
  const cited = citations.filter(({ marker }) => markers.includes(marker));
  const authority = AUTHORITIES.find((rank) => cited.some((citation) => citation.authority === rank)) ?? 'commentary';
  const leading = cited.filter((citation) => citation.authority === authority);
  const status = STATUSES.find((settled) => leading.some((citation) => citation.status === settled)) ?? 'speculative';
  return frame({ authority, status, source: sourceOf(leading) }, language);
}

interface Standing {
  readonly authority: Authority;
  readonly status: Status;
  readonly source?: string | undefined;
}

/** Official and settled needs no words; that news is reported goes without saying. */
export function frame({ authority, status, source }: Standing, language: Language): string {
  const isOfficial = authority === 'primary' || authority === 'official';
  const standing = isOfficial || status !== 'reported' ? WORDING[language].standing[status] : undefined;
  if (isOfficial && standing === undefined) return '';
  return `${leadOf(authority, source, language)}${standing === undefined ? '' : ` (${standing})`}:`;
}

function leadOf(authority: Authority, source: string | undefined, language: Language): string {
  const { restsOn } = WORDING[language];
  if (authority === 'commentary') return restsOn.commentary;
  if (authority !== 'news') return restsOn.official;
  return source === undefined ? restsOn.news : restsOn.newsOf(source);
}

/** The one publisher that all of it comes from; undefined where there are several, or none is known. */
function sourceOf(citations: readonly Citation[]): string | undefined {
  const publishers = new Set(citations.flatMap(({ sources }) => sources.map(({ publisher }) => publisher)));
  const [only] = publishers;
  // Digits would look like a figure that nobody cited.
  return publishers.size === 1 && only && !/\p{N}/u.test(only) ? only : undefined;
}
