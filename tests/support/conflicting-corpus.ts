import { cp, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CORPUS = fileURLToPath(new URL('../../corpus', import.meta.url));

/** What two of its documents tell differently. */
export const OPENING_DAY = 'When does the harbour office in Kobe open?';

/** The corpus and two documents more, of which the earlier is official and the later is news. */
export async function conflictingCorpus(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'concordat-conflict-'));
  await cp(CORPUS, folder, { recursive: true });
  await Promise.all([
    writeFile(
      join(folder, 'harbour-notice.md'),
      tellOpening('Notice of the harbour office', 'official', '2026-01-10', '3 May 2027'),
    ),
    writeFile(
      join(folder, 'harbour-news.md'),
      tellOpening('News of the harbour office', 'news', '2026-08-01', '9 June 2027'),
    ),
  ]);
  return folder;
}

function tellOpening(...[title, authority, date, day]: readonly string[]): string {
  const matter = `title: ${title}\nauthority: ${authority}\nstatus: announced\ntextKind: source\ndate: "${date}"`;
  return `---\n${matter}\n---\nThe harbour office in Kobe opens on ${day} with a public fair.\n`;
}
