import { signal } from '@preact/signals';
import { en } from './en.ts';

/** Every word of the page, in one language. */
export type Messages = typeof en;

export const LANGUAGES = ['en', 'hi', 'ja', 'ta'] as const;
export type PageLanguage = (typeof LANGUAGES)[number];

/** Each language in its own words. */
export const LANGUAGE_NAMES: Readonly<Record<PageLanguage, string>> = {
  en: 'English',
  hi: 'हिन्दी',
  ja: '日本語',
  ta: 'தமிழ்',
};

/** The catalogue in use. */
export const messages = signal<Messages>(en);

const LOADERS: Readonly<Record<PageLanguage, () => Promise<Messages>>> = {
  en: async () => en,
  hi: async () => (await import('./hi.ts')).hi,
  ja: async () => (await import('./ja.ts')).ja,
  ta: async () => (await import('./ta.ts')).ta,
};

/** Fetches a catalogue where it is not there yet. */
export function loadMessages(language: PageLanguage): Promise<Messages> {
  return LOADERS[language]();
}
