import { openProvider, type Asked } from '../support/open-provider.ts';

/** A model in a process of its own: it quotes the passages that it is shown, at the pace it is told. */
const MOST_CLAIMS = 5;
const SENTENCE = /[A-Z][^.|*\n]{40,240}\./;

let pauseMs = 0;
let last: Asked | undefined;

const server = await openProvider('openaiChat', (asked) => {
  last = asked;
  return {
    parts: JSON.stringify({ claims: claimsFrom(asked), completeness: 'full' }).match(/[^]{1,8}/g) ?? [],
    pauseMs,
  };
});

function claimsFrom({ user }: Asked): object[] {
  const passages = [...user.matchAll(/<passage \d+ token="(p-[0-9a-f]{6})">\n[^\n]*\n([^]*?)\n<\/passage>/g)];
  return passages
    .flatMap(([, token, text = '']) => {
      const quote = SENTENCE.exec(text)?.[0];
      return quote === undefined ? [] : [{ text: quote, quotes: [{ token, quote }] }];
    })
    .slice(0, MOST_CLAIMS);
}

process.on('message', (message: { pauseMs?: number }) => {
  if (message.pauseMs !== undefined) ({ pauseMs } = { pauseMs, ...message });
  process.send?.(
    last === undefined ? {} : { system: last.system, user: last.user, format: last.body['response_format'] },
  );
});
process.send?.({ url: server.url });
