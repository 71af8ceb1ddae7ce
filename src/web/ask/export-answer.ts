import type { AnswerView, CitationView } from '../api/views.ts';
import { dateInWords, inWords } from '../messages/in-words.ts';
import { messages } from '../messages/messages.ts';
import { nameSources } from '../source/sources-list.tsx';
import type { TurnRecord } from '../state/conversation-store.ts';

/** The answer with its references, as a reader pastes it somewhere. */
export function asPlainText({ answer, citations }: AnswerView): string {
  const references = citations.map((citation) => `[${citation.marker}] ${describe(citation)}\n${citation.uri}`);
  return [plain(answer), ...references].join('\n\n');
}

/** Without the emphasis and the escapes of Markdown. */
function plain(markdown: string): string {
  return markdown.replaceAll(/^_([^]+?)_$/gm, '$1').replaceAll(/\\([[\]])/g, '$1');
}

function describe({ title, authority, status, date, quote, textKind, sources }: CitationView): string {
  const t = messages.value;
  const facts = [t.authority[authority], inWords(status, t.status), dateInWords(date)].join(', ');
  const basis = textKind === 'brief' && sources.length > 0 ? ` ${t.source.briefRests(nameSources(sources))}` : '';
  return `“${quote.replaceAll(/\s+/g, ' ')}” — ${title} (${facts})${basis}`;
}

export function asMarkdown({ question }: TurnRecord, { answer, citations, receipt }: AnswerView): string {
  const t = messages.value;
  const notes = citations.map((citation) => {
    const sources = citation.sources.map(({ title, publisher, url }) => {
      const name = [title, publisher].filter(Boolean).map(escape).join(', ');
      return `    - ${url === undefined ? name : `${name} <${url}>`}`;
    });
    return [`[^${citation.marker}]: ${escape(describe(citation))} <${citation.uri}>`, ...sources].join('\n');
  });
  const body = answer.replaceAll(/(?<!\\)\[(\d+)\]/g, '[^$1]');
  const foot = `${t.receipt.title}: \`${receipt.digest}\``;
  return `${[`# ${escape(question)}`, body, ...notes, foot].join('\n\n')}\n`;
}

/** What Markdown would read as its own, taken literally. */
function escape(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>#|]/g, String.raw`\$&`);
}

export function asJson({ question, asOf, authorities }: TurnRecord, answer: AnswerView): string {
  const { conversationToken: _secret, ...shown } = answer;
  const request = {
    question,
    ...(asOf && { asOf }),
    ...(authorities.length > 0 && { filters: { authority: authorities } }),
  };
  return JSON.stringify({ request, response: shown }, null, 2);
}

export function download(text: string, type: string, extension: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `concordat.${extension}`;
  link.click();
  URL.revokeObjectURL(url);
}

/** Prints one turn alone: its footnotes are its references. */
export function printTurn(id: string): void {
  const turn = document.querySelector(`[data-turn="${CSS.escape(id)}"]`);
  turn?.classList.add('printed');
  window.addEventListener('afterprint', () => turn?.classList.remove('printed'), { once: true });
  window.print();
}
