import { effect, signal } from '@preact/signals';
import { LANGUAGES, type PageLanguage } from '../messages/messages.ts';
import { readStored, writeStored } from './storage.ts';
import { narrow } from './viewport.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

interface Kept {
  readonly language?: PageLanguage;
  readonly theme?: Theme;
  readonly sidebar?: boolean;
}

const KEY = 'concordat.settings';
const kept = (readStored(KEY) as Kept | undefined) ?? {};

/** The language of the page: as chosen, else the first of the browser's that there is a catalogue for. */
export const language = signal<PageLanguage>(known(kept.language) ?? preferred());
export const theme = signal<Theme>(THEMES.find((name) => name === kept.theme) ?? 'system');
export const sidebarOpen = signal(!narrow.value && (kept.sidebar ?? true));

/** Whether the browser says that there is a network. */
export const online = signal(navigator.onLine);

function known(name: string | null | undefined): PageLanguage | undefined {
  return LANGUAGES.find((tag) => tag === name);
}

function preferred(): PageLanguage {
  const tags = [new URLSearchParams(location.search).get('lang'), ...navigator.languages];
  return tags.map((tag) => known(tag?.split('-')[0])).find((tag) => tag !== undefined) ?? 'en';
}

/** Writes the settings to the document and to the browser whenever they change. */
export function applySettings(): void {
  effect(() => {
    document.documentElement.lang = language.value;
    document.documentElement.dataset['theme'] = theme.value;
    writeStored(KEY, {
      language: language.value,
      theme: theme.value,
      sidebar: narrow.value ? (kept.sidebar ?? true) : sidebarOpen.value,
    } satisfies Kept);
  });
  for (const name of ['online', 'offline']) {
    window.addEventListener(name, () => void (online.value = navigator.onLine));
  }
}
