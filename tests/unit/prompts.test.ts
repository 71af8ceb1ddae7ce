import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { ANSWER_INPUTS, REPAIR_INPUTS } from '../../src/chat-model/prompted.ts';
import { STEP_INPUTS } from '../../src/chat-model/prompted-steps.ts';
import { loadPrompt } from '../../src/prompts.ts';
import { temporaryFolder } from '../support/documents.ts';

const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  answer: ANSWER_INPUTS,
  repair: REPAIR_INPUTS,
  ...STEP_INPUTS,
};

test('every prompt that ships declares and uses the inputs its call gives', () => {
  const names = readdirSync(new URL('../../prompts/', import.meta.url)).map((file) => file.replace(/\.md$/, ''));
  expect(names.toSorted()).toEqual(Object.keys(EXPECTED).toSorted());
  for (const name of names) expect(loadPrompt(name, EXPECTED[name] ?? []).digest).toMatch(/^[0-9a-f]{64}$/);
});

async function promptFrom(text: string, expected: readonly string[]) {
  const folder = await temporaryFolder();
  await writeFile(`${folder}/p.md`, text);
  return loadPrompt('p', expected, pathToFileURL(`${folder}/`));
}

test('what is filled in is not read as a placeholder', async () => {
  const prompt = await promptFrom('---\ninputs: [a, b]\n---\nSay {{b}}.\n\n---\n\n{{a}} and {{b}}', ['a', 'b']);
  expect(prompt.render({ a: '{{b}} $& $1', b: 'B' })).toEqual({ system: 'Say B.', user: '{{b}} $& $1 and B' });
});

test.each([
  ['---\ninputs: [a]\n---\n{{a}} {{c}}', /uses the inputs \[a, c\]/],
  ['---\ninputs: [a, b]\n---\n{{a}}', /declares the inputs \[a, b\]/],
  ['---\ninputs: [a]\n---\nAll in one part: {{a}}', /one rule/],
  ['no front matter {{a}}', /declares the inputs \[\]/],
])('%j is refused', async (text, message) => {
  await expect(promptFrom(text, ['a'])).rejects.toThrow(message);
});

test('a prompt that is not there is named', () => {
  expect(() => loadPrompt('missing', [])).toThrow(/prompts\/missing\.md cannot be read/);
});
