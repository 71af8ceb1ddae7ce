import { useMemo } from 'preact/hooks';
import type { AnswerView, PassageView, TraceView } from '../api/views.ts';
import { jsonRequest } from '../api/api-client.ts';
import { languageOf, numberInWords } from '../messages/in-words.ts';
import { messages } from '../messages/messages.ts';
import { Icon } from '../parts/icon.tsx';
import { useFetched } from '../parts/use-fetched.ts';
import { current } from '../state/conversation.ts';
import type { TurnRecord } from '../state/conversation-store.ts';
import { closePanel } from '../state/panel.ts';
import { Digests, Timings } from './receipt-parts.tsx';
import { VerifyAnswer } from './verify-answer.tsx';
import { PassageList, type Listed } from './passage-list.tsx';

const MOST_PASSAGES = 100;

/** What an answer was made from: what was searched, used and left out, and how long it took. */
export function ReceiptView({ turnId }: { readonly turnId: string }) {
  const t = messages.value;
  const turn = current.value.turns.find(({ id }) => id === turnId);
  return (
    <>
      <header class="panel-head">
        <h2>{t.receipt.title}</h2>
        <span class="grow" />
        <button type="button" class="quiet" aria-label={t.source.close} title={t.source.close} onClick={closePanel}>
          <Icon name="close" />
        </button>
      </header>
      <div class="panel-body" tabIndex={0} role="region" aria-label={t.receipt.title}>
        {turn?.answer && <Receipt turn={turn} answer={turn.answer} />}
      </div>
    </>
  );
}

function Receipt({ turn, answer }: { readonly turn: TurnRecord; readonly answer: AnswerView }) {
  const t = messages.value.receipt;
  const { standaloneQuestion, receipt, trace } = answer;
  const passages = usePassages(turn, standaloneQuestion);
  const used = receipt.passages.map(({ chunkId }) => chunkId);
  const cited = new Set(answer.citations.map(({ chunkId }) => chunkId));
  const listed = (chunkId: string): Listed => ({ chunkId, passage: passages.get(chunkId), cited: cited.has(chunkId) });
  return (
    <div class="receipt">
      <p class="hint">{t.lead}</p>
      <VerifyAnswer answer={answer} />
      <h3>{t.question}</h3>
      <p lang={languageOf(standaloneQuestion)}>{standaloneQuestion}</p>
      <h3>
        {t.used} <small>{numberInWords(used.length)}</small>
      </h3>
      <PassageList items={used.map(listed)} />
      <h3>{t.rejected}</h3>
      {trace ? <LeftOut trace={trace} used={used} listed={listed} /> : <p class="hint">{t.noTrace}</p>}
      {trace && <Timings stages={trace.stages} />}
      <Digests receipt={receipt} />
    </div>
  );
}

interface LeftOutProps {
  readonly trace: TraceView;
  readonly used: readonly string[];
  readonly listed: (chunkId: string) => Listed;
}

/** Passages that were found and not used, then sentences that were drafted and not shown. */
function LeftOut({ trace, used, listed }: LeftOutProps) {
  const reasons = new Map(trace.rejected.map(({ chunkId, reason }) => [chunkId, reason]));
  const found = trace.passages.map(({ chunkId }) => chunkId).filter((chunkId) => !used.includes(chunkId));
  const drafts = trace.rejected.filter(({ chunkId }) => chunkId === undefined);
  return (
    <>
      <PassageList items={found.map((chunkId) => ({ ...listed(chunkId), reason: reasons.get(chunkId) }))} />
      <ul class="drafts">
        {drafts.map(({ text = '', reason }, index) => (
          <li key={index}>
            <s lang={languageOf(text)}>{text}</s> <span>{reason}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** The texts behind the ids: the same search, under the same restrictions. */
function usePassages({ asOf, authorities }: TurnRecord, query: string): ReadonlyMap<string, PassageView> {
  const request = jsonRequest({
    query,
    limit: MOST_PASSAGES,
    ...(asOf !== '' && { asOf }),
    ...(authorities.length > 0 && { filters: { authority: authorities } }),
  });
  const { value } = useFetched<{ passages: readonly PassageView[] }>('/api/search', request);
  return useMemo(() => new Map((value?.passages ?? []).map((passage) => [passage.chunkId, passage])), [value]);
}
