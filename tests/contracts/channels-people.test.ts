import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { WORDING } from '../../src/ask/wording.ts';
import { asking, atChannel, openChannelBench, type ChannelBench } from '../support/channel-bench.ts';
import { GROUPS } from '../support/channels/all-channels.ts';

const HIROSHIMA = 'What is the Hiroshima AI Process?';

let bench: ChannelBench;
beforeAll(async () => {
  bench = await openChannelBench(GROUPS[0] ?? []);
});
afterAll(() => bench.close());
beforeEach(() => bench.reset());

describe.each(GROUPS[0] ?? [])('$name', (driver) => {
  const at = atChannel(driver, () => bench);

  test('remembers what one person asked in a thread, and tells nobody else', async () => {
    const thread = `${Math.floor(Math.random() * 1e9)}`;
    const ask = async (text: string, user: string): Promise<string> => {
      const messages = await at.receive(asking(text, { user, thread }));
      return messages.map((message) => driver.read(message)).join('\n');
    };
    await ask(HIROSHIMA, 'U1');
    const own = await ask('Who launched it?', 'U1');
    const others = await ask('Who launched it?', 'U2');
    expect(own).toContain('hiroshima-ai-process');
    expect(others).not.toContain('hiroshima-ai-process');
  });

  test.each([
    ['hi', 'डिजिटल साझेदारी 2.0 क्या है?'],
    ['ja', '広島AIプロセスとは何ですか'],
    ['ta', 'இந்தியா–ஜப்பான் டிஜிட்டல் கூட்டாண்மை 2.0 பற்றி ஆவணங்கள் என்ன சொல்கின்றன?'],
  ] as const)('tells standing in the language of the question (%s)', async (language, question) => {
    const { citations } = await bench.expect(question);
    const thread = `${Math.floor(Math.random() * 1e9)}`;
    const text = (await at.receive(asking(question, { thread }))).map((message) => driver.read(message)).join('\n');
    expect(citations.length).toBeGreaterThan(0);
    for (const { authority } of citations) expect(text).toContain(WORDING[language].authorities[authority]);
  });
});
