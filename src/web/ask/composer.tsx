import { useEffect, useRef } from 'preact/hooks';
import { AUTHORITIES, type Authority } from '../api/views.ts';
import { dateInWords } from '../messages/in-words.ts';
import { messages } from '../messages/messages.ts';
import { AuthorityGlyph } from '../parts/authority-glyph.tsx';
import { Disclosure } from '../parts/disclosure.tsx';
import { Icon } from '../parts/icon.tsx';
import { ask, filters, isAsking, stopAsking } from '../state/conversation.ts';

/** The question box, with what restricts the answer. */
export function Composer() {
  const t = messages.value.composer;
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    // On a touch screen the keyboard would cover what there is to read.
    if (window.matchMedia('(pointer: fine)').matches) field.current?.focus({ preventScroll: true });
  }, []);
  const submit = (): void => {
    const question = field.current?.value.trim() ?? '';
    if (question === '' || isAsking.value) return field.current?.focus();
    if (field.current) field.current.value = '';
    void ask(question);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // Enter also ends a word in Japanese and Indic input methods: then it is not ours.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  };
  const onSubmit = (event: Event): void => {
    event.preventDefault();
    if (isAsking.value) stopAsking();
    else submit();
  };
  return (
    <form class="composer" onSubmit={onSubmit}>
      <label class="unseen" for="question">
        {t.label}
      </label>
      <textarea
        id="question"
        ref={field}
        rows={1}
        maxLength={2000}
        placeholder={t.placeholder}
        autocomplete="off"
        dir="auto"
        onKeyDown={onKeyDown}
      />
      <div class="composer-row">
        <AsOfControl />
        <AuthorityControl />
        <span class="hint">{t.hint}</span>
        <SendButton />
      </div>
    </form>
  );
}

/** While an answer is on its way, the button stops it. */
function SendButton() {
  const t = messages.value.composer;
  const asking = isAsking.value;
  return (
    <button type="submit" class={asking ? 'send stop' : 'send'}>
      <Icon name={asking ? 'stop' : 'send'} />
      <span>{asking ? t.stop : t.ask}</span>
    </button>
  );
}

function AsOfControl() {
  const t = messages.value.composer;
  const { asOf } = filters.value;
  const set = (value: string): void => void (filters.value = { ...filters.value, asOf: value });
  const face = (
    <>
      <Icon name="calendar" />
      <span>{asOf === '' ? t.anyDate : dateInWords(asOf, 'short')}</span>
    </>
  );
  return (
    <Disclosure
      label={asOf === '' ? t.anyDate : `${t.asOf}: ${dateInWords(asOf, 'short')}`}
      face={face}
      faceClass={chip(asOf)}
    >
      {(close) => (
        <div class="control">
          <label>
            <strong>{t.asOf}</strong>
            <input type="date" value={asOf} onChange={(event) => set(event.currentTarget.value)} />
          </label>
          <p class="hint">{t.asOfHint}</p>
          <button
            type="button"
            class="plain"
            onClick={() => {
              set('');
              close();
            }}
          >
            {t.clear}
          </button>
        </div>
      )}
    </Disclosure>
  );
}

function AuthorityControl() {
  const t = messages.value;
  const { authorities } = filters.value;
  const toggle = (authority: Authority): void => {
    const next = AUTHORITIES.filter((one) => (one === authority) !== authorities.includes(one));
    filters.value = { ...filters.value, authorities: next.length === AUTHORITIES.length ? [] : next };
  };
  const chosen = authorities.map((authority) => t.authorityShort[authority]).join(', ');
  const words = chosen === '' ? t.composer.anyAuthority : chosen;
  const face = (
    <>
      <Icon name="filter" />
      <span>{words}</span>
    </>
  );
  return (
    <Disclosure
      label={chosen === '' ? words : `${t.composer.authority}: ${words}`}
      face={face}
      faceClass={chip(chosen)}
    >
      {() => (
        <fieldset class="control">
          <legend>{t.composer.authority}</legend>
          {AUTHORITIES.map((authority) => (
            <label key={authority} class="check">
              <input type="checkbox" checked={authorities.includes(authority)} onChange={() => toggle(authority)} />
              <AuthorityGlyph authority={authority} />
              {t.authority[authority]}
            </label>
          ))}
          <p class="hint">{t.composer.authorityHint}</p>
        </fieldset>
      )}
    </Disclosure>
  );
}

const chip = (value: string): string => (value === '' ? 'chip' : 'chip set');
