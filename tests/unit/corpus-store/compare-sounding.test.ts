import { expect, test } from 'vitest';
import { bucketsOf, compareSounding } from '../../../src/corpus-store/compare-sounding.ts';
import { soundingWords } from '../../../src/language/sounding-words.ts';
import { bucketOf, soundOf } from '../../../src/language/sound.ts';

const WORDS = ['semiconductors', 'neodymium', 'treaty', 'harbour'];
const TERMS = WORDS.flatMap(soundingWords).map(({ term, script, roman }) => ({ term, script, sound: soundOf(roman) }));

function hear(word: string): string[] {
  const listOthers = (bucket: string, script: string) =>
    TERMS.filter((term) => bucketOf(term.sound) === bucket && term.script !== script);
  return compareSounding(word, listOthers, (term) => TERMS.some((one) => one.term === term)).map(({ term }) => term);
}

test.each([
  ['semicondctors', 'semiconductor'],
  ['neodimium', 'neodymium'],
  ['harbor', 'harbour'],
])('%s is taken to be misspelt for %s', (typed, meant) => {
  expect(hear(typed)).toEqual([meant]);
});

test.each(['treaty', 'Treaties', 'tree', 'xylophone', ''])('%s is taken as it is', (typed) => {
  expect(hear(typed)).toEqual([]);
});

test('a word of another script is looked up among all others', () => {
  expect(bucketsOf('नियोडिमियम').length).toBeGreaterThan(0);
  expect(hear('नियोडिमियम')).toEqual(['neodymium']);
});
