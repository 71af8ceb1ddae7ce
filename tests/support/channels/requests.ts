import { generateKeyPairSync } from 'node:crypto';
import type { Asking } from '../channel-driver.ts';
import type { Outgoing } from '../exchange.ts';

/** Where every link of ours leads in these tests. */
export const OURS = 'http://concordat.test/documents/';
/** The keys of Microsoft and Google. */
export const rsaKeys = generateKeyPairSync('rsa', { modulusLength: 2048 });

export const NO_REPLAY =
  'The tool signs no time: a request that is sent again is known by its id, after a restart too, and answered no second time.';
/** Where the answer is the reply to the request. */
export const REPLY_OTHERWISE = {
  'slow answer':
    'The answer is the reply: one that takes its time is waited for as long as the tool waits; then the reply says that there is none yet.',
  'vendor outage':
    'The answer is the reply: a tool that hung up and asks again gets the answer that was made meanwhile.',
  'restart in mid-answer':
    'The answer is the reply: the request ends with the process, and a tool that asks again is answered.',
} as const;
export const ONE_MESSAGE =
  'A reply is one message: it holds the parts that fit, each whole, and says that there is more.';

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
