import { setTimeout } from 'node:timers/promises';
import robotsModule, { type Robot } from 'robots-parser';
import { FetchError } from './fetch-error.ts';
import type { Page } from './get-page.ts';

/** The module is its function; its types say otherwise. */
const parseRobots = robotsModule as unknown as (url: string, text: string) => Robot;

const AGENT = 'Concordat';
/** Between two requests to one host, unless its robots.txt asks for more. */
const PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;

export interface Robots {
  /** Resolves when the address may be asked now. @throws FetchError when its robots.txt forbids it. */
  admit(url: string): Promise<void>;
}

/** Honours robots.txt, read once a host, and spaces requests to one host. */
export function createRobots(getPage: (url: string) => Promise<Page>, pauseMs = PAUSE_MS): Robots {
  const known = new Map<string, Promise<Robot>>();
  const nextAt = new Map<string, number>();
  const rulesOf = (origin: string): Promise<Robot> => {
    const rules = known.get(origin) ?? readRules(origin, getPage);
    known.set(origin, rules);
    // What could not be had is asked for again with the next address.
    rules.catch(() => known.delete(origin));
    return rules;
  };
  return {
    async admit(url) {
      const { origin } = new URL(url);
      const rules = await rulesOf(origin);
      if (rules.isDisallowed(url, AGENT)) throw new FetchError(`The robots.txt of ${origin} does not allow ${url}.`);
      const pause = Math.min(LONGEST_PAUSE_MS, Math.max(pauseMs, (rules.getCrawlDelay(AGENT) ?? 0) * 1000));
      const now = Date.now();
      const at = Math.min(Math.max(now, nextAt.get(origin) ?? 0), now + LONGEST_PAUSE_MS);
      nextAt.set(origin, at + pause);
      await setTimeout(at - now);
    },
  };
}

/** No robots.txt allows everything (RFC 9309); a server that fails to give it allows nothing. */
async function readRules(origin: string, getPage: (url: string) => Promise<Page>): Promise<Robot> {
  const url = `${origin}/robots.txt`;
  const { status, bytes } = await getPage(url);
  if (status >= 500) throw new FetchError(`${url} answered with status ${status}.`, true);
  return parseRobots(url, status === 200 ? new TextDecoder().decode(bytes) : '');
}
