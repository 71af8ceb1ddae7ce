import { render } from 'preact';
import { createApiClient } from '../api/api-client.ts';
import { Assistant } from './assistant.tsx';
import css from './widget.css?inline';
import { widgetMessages } from './widget-messages.ts';

const ELEMENT = 'concordat-widget';
const script = document.currentScript instanceof HTMLScriptElement ? document.currentScript : undefined;
const ownOrigin = script === undefined ? location.origin : new URL(script.src).origin;

/**
 * The assistant on another site, alone in its shadow: `data-lang`, `data-theme` (`light` or `dark`), `data-accent` (a colour),
 * `data-position` (`left`), `data-title` and `data-server` say how it looks and whom it asks.
 */
class ConcordatWidget extends HTMLElement {
  connectedCallback(): void {
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    // A sheet made here, not a style element: the strictest content security policy lets it pass.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
    const { lang, accent, server, title } = this.dataset;
    if (accent !== undefined && CSS.supports('color', accent)) this.style.setProperty('--accent', accent);
    const language = lang ?? (document.documentElement.lang || navigator.language);
    const words = widgetMessages(language);
    const api = createApiClient(server ?? ownOrigin, () => null);
    render(<Assistant {...{ api, words, language }} title={title ?? words.title} />, root);
  }
}

customElements.define(ELEMENT, ConcordatWidget);

/** The script that was put on the page brings its own element, with what is said of it there. */
function mount(): void {
  if (script === undefined || document.querySelector(ELEMENT)) return;
  const element = document.createElement(ELEMENT);
  Object.assign(element.dataset, script.dataset);
  document.body.append(element);
}

if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', mount, { once: true });
else mount();
