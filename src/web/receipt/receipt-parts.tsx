import type { ReceiptView, TraceView } from '../api/views.ts';
import { numberInWords } from '../messages/in-words.ts';
import { messages } from '../messages/messages.ts';

/** How long each stage took, as bars of one scale. */
export function Timings({ stages }: { readonly stages: TraceView['stages'] }) {
  const t = messages.value;
  const total = stages.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const longest = Math.max(...stages.map(({ durationMs }) => durationMs), 1);
  return (
    <>
      <h3>
        {t.receipt.timings} <small>{t.receipt.ms(numberInWords(total, 0))}</small>
      </h3>
      <dl class="timings">
        {stages.map(({ name, durationMs }, index) => (
          <div key={index}>
            <dt>{t.receipt.stages[name] ?? name}</dt>
            <dd>
              <span class="timing-bar" style={{ inlineSize: `${(100 * durationMs) / longest}%` }} />
              <span>{t.receipt.ms(numberInWords(durationMs, 1))}</span>
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** What the answer can be held to. */
export function Digests({ receipt }: { readonly receipt: ReceiptView }) {
  const t = messages.value.receipt;
  const facts: readonly (readonly [string, string])[] = [
    [t.digest, receipt.digest],
    [t.index, receipt.indexDigest],
    [t.embeddings, receipt.embeddings],
    [t.model, receipt.chatModel],
    ...Object.entries(receipt.promptDigests).map(([name, digest]) => [t.prompt(name), digest] as const),
  ];
  return (
    <>
      <h3>{t.digests}</h3>
      <dl class="digests">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <code>{value}</code>
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
