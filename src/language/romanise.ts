import sanscript from '@indic-transliteration/sanscript';
import { toRomaji } from 'wanakana';

/** The package's types declare a default export that its one CommonJS export does not have. */
const { t: transliterate } = sanscript as unknown as typeof sanscript.default;

/** The scripts whose letters stand for sounds that Latin letters can write. */
export type SoundScript = 'latin' | 'devanagari' | 'tamil' | 'kana';

const SCRIPTS: readonly (readonly [SoundScript, RegExp])[] = [
  ['latin', /^[\p{Script=Latin}\p{M}]+$/u],
  ['devanagari', /^[\p{Script=Devanagari}\u200c\u200d]+$/u],
  ['tamil', /^[\p{Script=Tamil}\u200c\u200d]+$/u],
  ['kana', /^[\p{Script=Hiragana}\p{Script=Katakana}ー]+$/u],
];

/** The script of a word in one script; undefined for mixed words, Han and scripts that are not romanised. */
export function scriptOf(word: string): SoundScript | undefined {
  return SCRIPTS.find(([, pattern]) => pattern.test(word))?.[0];
}

/**
 * A word as it sounds, in the letters a-z: Hindi without the vowels that are written but not spoken, Tamil voiced by
 * position, kana without long vowels, Latin without diacritics. Undefined for Han, other scripts and mixed words.
 */
export function romanise(word: string): string | undefined {
  const plain = word.normalize('NFKC').toLowerCase();
  const script = scriptOf(plain);
  if (!script) return undefined;
  return ROMANISERS[script](plain).replace(/[^a-z]/g, '') || undefined;
}

const ROMANISERS: Readonly<Record<SoundScript, (word: string) => string>> = {
  latin: (word) => word.replaceAll('ß', 'ss').replace(/[æœ]/g, 'e').normalize('NFD'),
  devanagari: (word) => toSimpleLetters(dropSchwas(transliterate(withoutRareSigns(word), 'devanagari', 'slp1'))),
  tamil: (word) => toSimpleLetters(voiceByPosition(transliterate(word, 'tamil', 'slp1'))),
  kana: romaniseKana,
};

/** The signs for English o and a, which the transliteration does not know, as the nearest Hindi vowels. */
const RARE_SIGNS = '\u0911\u090d\u090e\u0912\u0949\u0945\u0946\u094a';
const NEAREST_SIGNS = '\u0913\u090f\u090f\u0913\u094b\u0947\u0947\u094b';

function withoutRareSigns(word: string): string {
  return word
    .normalize('NFD')
    .replace(/[\u093c\u200c\u200d]/g, '')
    .normalize('NFC')
    .replace(/./gsu, (sign) => NEAREST_SIGNS[RARE_SIGNS.indexOf(sign)] ?? sign);
}

/** In SLP1, where `a` is the vowel that needs no sign: silent at the end, and between two syllables that sound. */
function dropSchwas(slp1: string): string {
  let word = slp1.replace(/(?<=[aAiIuUfeEoO].*[^aAiIuUfeEoO~MH])a$/, '');
  for (let at = word.length - 3; at >= 2; at--) {
    const around = word.slice(at - 2, at + 3);
    if (/^[aAiIuUfeEoO][^aAiIuUfeEoO~MH]a[^aAiIuUfeEoO~MH][AiIuUfeEoO]$/.test(around)) {
      word = word.slice(0, at) + word.slice(at + 1);
    }
  }
  return word;
}

function tableOf(pairs: string): ReadonlyMap<string, string> {
  return new Map(pairs.split(' ').map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
}

/** Tamil has one letter for k and g, t and d, p and b: soft after a nasal and between vowels, hard elsewhere. */
const HARD: Readonly<Record<string, string>> = { G: 'k', Q: 't', D: 't', B: 'p', J: 'c' };
const SOFT: Readonly<Record<string, string>> = { G: 'g', Q: 'd', D: 'd', B: 'b', J: 's' };

function voiceByPosition(slp1: string): string {
  return slp1
    .replace(/H([BJG])/g, (_, letter: string) => ({ B: 'P', J: 'j', G: 'h' })[letter] ?? '')
    .replace(/n0|R/g, 'n')
    .replace(/YJ/g, 'nj')
    .replace(/nr0/g, 'ndr')
    .replace(/r0r0/g, 'tr')
    .replace(/è/g, 'e')
    .replace(/ò/g, 'o')
    .replace(/([GQDBJ])\1/g, (_, letter: string) => HARD[letter] ?? '')
    .replace(/(?<=[aAiIuUeEoOnNmYM])[GQDBJ](?=[aAiIuUeEoO])/g, (letter) => SOFT[letter] ?? '')
    .replace(/[GQDBJ]/g, (letter) => HARD[letter] ?? '');
}

/** SLP1 letters that are not the simple Latin letter already. */
const SIMPLE = tableOf(
  'A=a I=i U=u f=ri F=ri x=li E=ai O=au M=n ~=n H= K=kh G=gh N=n ' +
    'c=ch C=ch J=jh Y=n w=t W=th q=d Q=dh R=n T=th D=dh P=f B=bh S=sh ' +
    'z=sh L=l',
);

function toSimpleLetters(slp1: string): string {
  return (
    slp1
      .replace(/jY/g, 'gy')
      .replace(/M(?=[pPbBm])/g, 'm')
      .replace(/[^a-z]|[fFxcwqz]/g, (letter) => SIMPLE.get(letter) ?? '')
      // As in "spaghetti": a g that does not sound like the one of "gem".
      .replace(/g(?=[ei])/g, 'gh')
  );
}

/** Syllables with a small vowel, which kana has for foreign words. */
const FOREIGN_SYLLABLES = tableOf(
  'ティ=ti ディ=di トゥ=tu ドゥ=du ウィ=wi ウェ=we ウォ=wo デュ=dyu テュ=tyu ファ=fa フィ=fi フェ=fe フォ=fo ヴァ=va ' +
    'ヴィ=vi ヴェ=ve ヴォ=vo ヴ=vu シェ=she ジェ=je チェ=che クァ=kwa クィ=kwi クォ=kwo グァ=gwa イェ=ye',
);
const FOREIGN = new RegExp(`(${[...FOREIGN_SYLLABLES.keys()].join('|')})`);

function romaniseKana(word: string): string {
  return word
    .split(FOREIGN)
    .map((part) => FOREIGN_SYLLABLES.get(part) ?? toRomaji(part))
    .join('')
    .replace(/([aeiou])\1+/g, '$1')
    .replace(/ou/g, 'o')
    .replace(/n(?=[pbm])/g, 'm')
    .replace(/g(?=[ei])/g, 'gh');
}
