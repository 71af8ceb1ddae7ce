import { effect } from '@preact/signals';
import { render } from 'preact';
import { App } from './layout/app.tsx';
import { loadMessages, messages, type PageLanguage } from './messages/messages.ts';
import { restoreConversation } from './state/conversation.ts';
import { followAddress } from './state/route.ts';
import { applySettings, language } from './state/settings.ts';
import './style/style.css';

/** Shows the page once its words are there. */
async function start(): Promise<void> {
  applySettings();
  await showIn(language.value);
  effect(() => void showIn(language.value));
  followAddress();
  restoreConversation();
  const root = document.getElementById('app');
  if (root) render(<App />, root);
}

/** Changes the words, unless another language was chosen while they were on their way. */
async function showIn(chosen: PageLanguage): Promise<void> {
  const loaded = await loadMessages(chosen);
  if (language.value === chosen) messages.value = loaded;
}

void start();
