import type { AnswerResponse } from '../../src/answer-response.ts';
import type { Citation } from '../../src/domain.ts';

const HOSTILE =
  '*a* _b_ ~c~ `d` **e** <script>alert(1)</script> <!channel> <@U123> @everyone @here #tag /ask [x](http://evil.test) ![i](http://evil.test/i.png) | f | &amp; &lt;b&gt; 1. g\u0007\u202E h \\ “i” $cash';
/** The hostile text without what nobody sees. */
export const VISIBLE = HOSTILE.replaceAll('\u0007', '').replaceAll('\u202E', '');

/** An answer, its quote and its title that would be markup, mentions and links in one tool or another. */
export function makeHostileAnswer(response: AnswerResponse): AnswerResponse {
  const uri = 'http://concordat.test/documents/hostile/id#1-2';
  const own = { documentId: 'hostile/id', quote: HOSTILE, title: '<b>*Title*</b> @all', uri };
  const answer = `${HOSTILE.replaceAll(/[[\]]/g, String.raw`\$&`)} [1]`;
  return { ...response, answer, citations: [{ ...firstOf(response), ...own, marker: 1 }] };
}

/** Eighty sentences, half of them in one paragraph and half in a list, each with a quote of its own. */
export function makeLongAnswer(response: AnswerResponse): AnswerResponse {
  const base = firstOf(response);
  const sentences = Array.from(
    { length: 80 },
    (_one, index) => `Sentence ${index + 1} says what was agreed on that day and by whom, at some length.`,
  );
  const citations = sentences.map((sentence, index) => ({
    ...base,
    marker: index + 1,
    quote: `${sentence} And the source says it with a few more words than the answer does.`,
    uri: `http://concordat.test/documents/${base.documentId}#${index * 100}-${index * 100 + 99}`,
  }));
  const cited = sentences.map((sentence, index) => `${sentence} [${index + 1}]`);
  const list = cited.slice(40).map((line) => `- ${line}`);
  return { ...response, answer: `${cited.slice(0, 40).join(' ')}\n\n${list.join('\n')}`, citations };
}

function firstOf({ citations: [citation] }: AnswerResponse): Citation {
  if (!citation) throw new Error('There is no citation to make others of.');
  return citation;
}
