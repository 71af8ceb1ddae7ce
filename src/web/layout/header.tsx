import { LANGUAGE_NAMES, LANGUAGES, messages } from '../messages/messages.ts';
import { Icon } from '../parts/icon.tsx';
import { startConversation } from '../state/conversation.ts';
import { route } from '../state/route.ts';
import { language, sidebarOpen, theme, THEMES } from '../state/settings.ts';
import { Disclosure } from '../parts/disclosure.tsx';

export function Header() {
  const t = messages.value;
  const { view } = route.value;
  return (
    <header class="bar">
      {!sidebarOpen.value && (
        <button
          type="button"
          class="quiet"
          aria-label={t.conversations.open}
          title={t.conversations.open}
          onClick={() => void (sidebarOpen.value = true)}
        >
          <Icon name="sidebar" />
        </button>
      )}
      <a class="brand" href="/" aria-label={t.name} onClick={startConversation}>
        <img src="/favicon.svg" alt="" width="26" height="26" />
        <span>{t.name}</span>
      </a>
      <nav aria-label={t.nav.label}>
        <a href="/" aria-current={view === 'ask' ? 'page' : undefined}>
          {t.nav.ask}
        </a>
        <a href="/corpus" aria-current={view === 'corpus' ? 'page' : undefined}>
          {t.nav.corpus}
        </a>
      </nav>
      <LanguageMenu />
      <ThemeMenu />
    </header>
  );
}

function LanguageMenu() {
  const t = messages.value;
  return (
    <Disclosure
      label={`${t.settings.language}: ${LANGUAGE_NAMES[language.value]}`}
      face={
        <>
          <Icon name="globe" />
          <span class="wide-only">{LANGUAGE_NAMES[language.value]}</span>
        </>
      }
    >
      {(close) =>
        LANGUAGES.map((tag) => (
          <button
            key={tag}
            type="button"
            class="choice"
            lang={tag}
            aria-pressed={language.value === tag}
            onClick={() => {
              language.value = tag;
              close();
            }}
          >
            {LANGUAGE_NAMES[tag]}
          </button>
        ))
      }
    </Disclosure>
  );
}

function ThemeMenu() {
  const t = messages.value;
  return (
    <Disclosure label={t.settings.theme} face={<Icon name="contrast" />}>
      {(close) =>
        THEMES.map((name) => (
          <button
            key={name}
            type="button"
            class="choice"
            aria-pressed={theme.value === name}
            onClick={() => {
              theme.value = name;
              close();
            }}
          >
            {t.settings.themes[name]}
          </button>
        ))
      }
    </Disclosure>
  );
}
