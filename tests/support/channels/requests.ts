import { generateKeyPairSync } from 'node:crypto';
import type { Asking } from '../channel-driver.ts';
import type { Outgoing } from '../exchange.ts';

/** Where every link of ours leads in these tests. */
export const OURS = 'http://concordat.test/documents/';
/** The keys of Microsoft and Google. */
export const rsaKeys = generateKeyPairSync('rsa', { modulusLength: 2048 });

export const NO_REPLAY = 'The tool signs no time; the same event again is known by its id, as under duplicate.';
/** What cannot be where the answer is the reply to the request. */
export const REPLY_SKIPS = {
  'slow answer': 'The answer is the reply to the request: there is nothing to acknowledge before it.',
  'vendor outage': 'The answer is the reply to the request: no API of the tool is called.',
  'restart in mid-answer': 'The request ends with the process; who sent it sees that and may ask again.',
} as const;
export const ONE_MESSAGE = 'A reply is one message; the tool itself parts what is too long for it.';

/** When the tool says that it sent it. */
export const nowOf = ({ at }: Asking): number => at ?? Math.floor(Date.now() / 1000);
/** A request as a tool's servers send it. */
export const post = (path: string, body: object | URLSearchParams, headers: Record<string, string>): Outgoing => ({
  method: 'POST',
  path,
  body: body instanceof URLSearchParams ? body.toString() : JSON.stringify(body),
  headers: {
    'content-type': body instanceof URLSearchParams ? 'application/x-www-form-urlencoded' : 'application/json',
    ...headers,
  },
});

export const hasText = (body: object): body is { text: string } =>
  'text' in body && typeof body.text === 'string' && body.text !== '';

let vendorAddress = '';
/** Some tools say in their requests where they are to be answered. */
export function setVendorUrl(url: string): void {
  vendorAddress = url;
}
export function vendorUrl(): string {
  return vendorAddress;
}
