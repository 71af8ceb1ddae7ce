import type { CitationView } from '../api/views.ts';
import type { WidgetMessages } from './widget-messages.ts';

interface CitedProps {
  readonly citation: CitationView;
  readonly words: WidgetMessages;
  readonly language: string;
}

/** The quote behind a marker, what it is from, and the way to it. */
export function Cited({ citation, words, language }: CitedProps) {
  const { quote, title, uri, authority, status, date, textKind, sources } = citation;
  const { terms } = words;
  const facts = [terms.status[status] ?? status, date === null ? terms.dateUnknown : inWords(date, language)];
  return (
    <aside class="cited" aria-label={title}>
      <blockquote>{quote.replaceAll(/\s+/g, ' ')}</blockquote>
      <p>
        <strong>{title}</strong>
      </p>
      <p class="facts">
        <strong class={authority}>{terms.authority[authority]}</strong> · {facts.join(' · ')}
      </p>
      {textKind === 'brief' && (
        <details>
          <summary>
            {words.brief} {nameFirst(sources)}
          </summary>
          <ul>
            {sources.map((source, index) => (
              <li key={index}>
                <Publication {...source} />
              </li>
            ))}
          </ul>
        </details>
      )}
      <p>
        <a href={uri} target="_blank" rel="noopener">
          {words.source}
        </a>
      </p>
    </aside>
  );
}

/** An address of another scheme than the web's is no link. */
function Publication({ title, publisher, url }: CitationView['sources'][number]) {
  const text = [title, publisher].filter(Boolean).join(', ');
  if (url === undefined || !/^https?:\/\//i.test(url)) return <>{text}</>;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer">
      {text}
    </a>
  );
}

/** As many publishers as a line holds. */
function nameFirst(sources: CitationView['sources']): string {
  const names = [...new Set(sources.map(({ publisher, title }) => publisher || title))];
  return `${names.slice(0, 2).join(', ')}${names.length > 2 ? `, +${names.length - 2}` : ''}`;
}

function inWords(date: string, language: string): string {
  const moment = new Date(date);
  if (Number.isNaN(moment.valueOf())) return date;
  const [, month, day] = date.split('-');
  const options: Intl.DateTimeFormatOptions = {
    timeZone: 'UTC',
    year: 'numeric',
    ...(month !== undefined && { month: 'long' }),
    ...(day !== undefined && { day: 'numeric' }),
  };
  return moment.toLocaleDateString(language === 'en' ? 'en-GB' : language, options);
}
