import { callVendor, VendorError } from './vendor-api.ts';

/** What is exchanged for a token, and where. */
export interface TokenGrant {
  readonly url: string;
  readonly form: () => Promise<Readonly<Record<string, string>>> | Readonly<Record<string, string>>;
}

/** A token is renewed this long before it ends. */
const MARGIN_MS = 60_000;

/** Gives an OAuth access token, and the same one until it is about to end. */
export function createAccessTokens({ url, form }: TokenGrant): (signal: AbortSignal) => Promise<string> {
  let held: { token: string; untilMs: number } | undefined;
  return async (signal) => {
    if (held && held.untilMs > Date.now()) return held.token;
    const granted = await callVendor({ url, body: new URLSearchParams(await form()), signal });
    const { access_token: token, expires_in: seconds } = granted;
    if (typeof token !== 'string') throw new VendorError('no access token was given', { retryable: false });
    held = { token, untilMs: Date.now() + Number(seconds ?? 0) * 1000 - MARGIN_MS };
    return token;
  };
}
