import type { CitationView } from '../api/views.ts';
import { dateInWords, inWords } from '../messages/in-words.ts';
import { messages } from '../messages/messages.ts';
import { AuthorityBadge } from '../parts/authority-badge.tsx';

type Facts = Pick<CitationView, 'authority' | 'status' | 'date'>;

/** Authority, status and date. */
export function CitationFacts({ citation: { authority, status, date } }: { readonly citation: Facts }) {
  const t = messages.value;
  return (
    <p class="facts">
      <AuthorityBadge authority={authority} />
      <span>{inWords(status, t.status)}</span>
      {date === null ? <span>{t.dateUnknown}</span> : <time dateTime={date}>{dateInWords(date)}</time>}
    </p>
  );
}
