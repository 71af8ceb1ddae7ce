import { useEffect, useRef } from 'preact/hooks';
import { current } from '../state/conversation.ts';
import { Composer } from './composer.tsx';
import { Turn } from './turn.tsx';
import { Examples, Welcome } from './welcome.tsx';

export function AskView() {
  const { turns } = current.value;
  const list = useRef<HTMLDivElement>(null);
  const last = turns.at(-1);
  // A new question comes to the top; what is restored is left where it is.
  useEffect(() => {
    if (last?.state === 'asking') list.current?.lastElementChild?.scrollIntoView({ block: 'start' });
  }, [last?.id]);
  if (turns.length === 0) {
    return (
      <div class="ask empty">
        <Welcome />
        <Composer />
        <Examples />
      </div>
    );
  }
  return (
    <div class="ask">
      <h1 class="unseen" lang={undefined}>
        {current.value.title}
      </h1>
      <div class="turns" ref={list}>
        {turns.map((turn) => (
          <Turn key={turn.id} turn={turn} />
        ))}
      </div>
      <div class="dock">
        <Composer />
      </div>
    </div>
  );
}
