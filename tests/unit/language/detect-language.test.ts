import { expect, test } from 'vitest';
import { detectLanguage } from '../../../src/language/detect-language.ts';

test.each([
  ['Who chairs the headquarters?', 'en'],
  ['JAI का शुभारंभ किसने किया?', 'hi'],
  ['ABCI 3.0にはどのGPUが何基ありますか。', 'ja'],
  ['IndiaAI திட்டத்தின் நிதி ஒதுக்கீடு எவ்வளவு?', 'ta'],
  ['What does 覚書 mean in this memorandum of cooperation?', 'en'],
  ['🙂 42', 'en'],
])('%s is %s', (text, language) => {
  expect(detectLanguage(text)).toBe(language);
});
