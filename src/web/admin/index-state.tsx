import { numberInWords } from '../messages/in-words.ts';
import { messages } from '../messages/messages.ts';
import { useFetched } from '../parts/use-fetched.ts';

/** How much the index holds, and how far it is embedded. */
export function IndexState() {
  const t = messages.value.admin;
  const { value } = useFetched<{ documents: number; chunks: number; embedded: number }>('/readyz');
  const facts: readonly (readonly [string, string])[] = value
    ? [
        [t.documents, numberInWords(value.documents)],
        [t.chunks, numberInWords(value.chunks)],
        [t.embedded, `${numberInWords(value.embedded * 100)} %`],
      ]
    : [];
  return (
    <section>
      <h2>{t.index}</h2>
      <dl class="figures">
        {facts.map(([name, figure]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{figure}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
