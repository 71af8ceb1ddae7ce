import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parseGlossary } from './glossary.ts';
import type { Forms } from './lexicon.ts';

/** A line that could not be used, counted from one. */
export interface DictionaryFault {
  readonly line: number;
  readonly reason: string;
}

export interface ParsedDictionary {
  /** Common words first, where the dictionary tells. */
  readonly entries: readonly Forms[];
  readonly faults: readonly DictionaryFault[];
}

/** Words of the longest translation that can be looked for in a text. */
const LONGEST_WORDS = 3;
/** Translations of one headword: the further ones are rare senses. */
const MOST_TRANSLATIONS = 6;

type ParsedLine = Forms | string | undefined;

/** Reads a dictionary of dictd (`….index` with its `….dict` or `….dict.dz`), EDICT, or the glossary's own format (`….tsv`). */
export function readDictionary(path: string): ParsedDictionary {
  if (path.endsWith('.index'))
    return parseDictd(readFileSync(path, 'utf8'), readBodies(path.replace(/index$/, 'dict')));
  if (path.endsWith('.tsv')) return parseOwn(readFileSync(path, 'utf8'));
  return parseEdict(decodeJapanese(readFileSync(path)));
}

function readBodies(path: string): Buffer {
  return existsSync(path) ? readFileSync(path) : gunzipSync(readFileSync(`${path}.dz`));
}

/** EUC-JP, as EDICT has always been, or UTF-8. */
function decodeJapanese(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('euc-jp').decode(bytes);
  }
}

function parseOwn(text: string): ParsedDictionary {
  const { entries, faults } = parseGlossary(text);
  return { entries: entries.map((entry) => Object.values(entry).flat()), faults };
}

/** The entries of a text by its lines: of each its forms, what is wrong with it, or nothing. */
function parseLines(text: string, parseLine: (line: string) => ParsedLine): ParsedDictionary {
  const parsed = text.split('\n').map((line, at) => ({ line: at + 1, result: parseLine(line) }));
  return {
    entries: parsed.flatMap(({ result }) => (typeof result === 'object' && result.length > 1 ? [result] : [])),
    faults: parsed.flatMap(({ line, result: reason }) => (typeof reason === 'string' ? [{ line, reason }] : [])),
  };
}

/** A line of the index is headword, offset and length; the body is the headword again, then a sense a line. */
function parseDictd(index: string, bodies: Buffer): ParsedDictionary {
  return parseLines(index, (content) => {
    const [headword = '', offset, length] = content.split('\t');
    if (headword === '' || /^00-?database/.test(headword)) return undefined;
    const [start, size] = [fromBase64(offset), fromBase64(length)];
    if (!(start + size <= bodies.length)) return 'it does not say where its entry stands';
    return [headword, ...translationsOf(bodies.toString('utf8', start, start + size))];
  });
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** A number as dictd writes it: base 64, the highest digit first. */
function fromBase64(digits = ''): number {
  if (!/^[A-Za-z\d+/]{1,8}$/.test(digits)) return Number.NaN;
  return Array.from(digits).reduce((sum, digit) => sum * 64 + BASE64.indexOf(digit), 0);
}

/** The words behind the numbers of senses; quoted examples and notes are left out. */
function translationsOf(body: string): Forms {
  const senses = body
    .split('\n')
    .slice(1)
    .map((line) => line.trim().replace(/^\d+\.\s*/, ''))
    .filter((line) => line !== '' && !/^["<(]/.test(line));
  return clean(senses.flatMap((line) => line.split(/[,;]/)));
}

const COMMON = /\(P\)\/\s*$/;

/** Common words, which EDICT marks, before the others. */
function parseEdict(text: string): ParsedDictionary {
  const rare = parseLines(text, (line) => (COMMON.test(line) ? undefined : parseEdictLine(line)));
  const common = parseLines(text, (line) => (COMMON.test(line) ? parseEdictLine(line) : undefined));
  return { entries: [...common.entries, ...rare.entries], faults: [...common.faults, ...rare.faults] };
}

/** `headword;headword [reading] /(kind) gloss/gloss/(P)/`. */
function parseEdictLine(content: string): ParsedLine {
  if (/^\s*$|^#|^　？？？/.test(content)) return undefined;
  const [match, headwords = '', readings = '', glosses = ''] =
    /^(\S+)\s+(?:\[([^\]]+)\]\s+)?\/(.*)$/.exec(content) ?? [];
  if (match === undefined) return 'it is not of the form “headword [reading] /gloss/”';
  const japanese = `${headwords};${readings}`.split(';').map((form) => form.replaceAll(/\([^)]*\)/g, ''));
  const forms = clean(glosses.split('/'));
  return forms.length === 0 ? undefined : [...japanese.filter(Boolean), ...forms];
}

/** Without notes in brackets, articles and the sign of a verb; what is too long to stand in a text is left out. */
function clean(translations: readonly string[]): Forms {
  const forms = translations
    .map((form) => form.replaceAll(/\([^)]*\)|\{[^}]*\}/g, ' ').replaceAll('~', ' '))
    .map((form) =>
      form
        .replace(/^\s*(?:to|an?|the)\s/, '')
        .replaceAll(/\s+/g, ' ')
        .trim(),
    )
    .filter((form) => form !== '' && form.split(' ').length <= LONGEST_WORDS);
  return [...new Set(forms)].slice(0, MOST_TRANSLATIONS);
}
