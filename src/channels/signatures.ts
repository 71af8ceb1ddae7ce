import { createHmac, createPublicKey, timingSafeEqual, verify } from 'node:crypto';
import { sha256 } from '../digest.ts';

/** How far a signed time may be from ours: what is older is a replay. */
const TOLERANCE_MS = 5 * 60_000;

/** Whether a Unix time in seconds, as a header has it, is now, give or take five minutes. */
export function isRecent(seconds: string | undefined, nowMs: number): boolean {
  return (
    seconds !== undefined && /^\d{1,12}$/.test(seconds) && Math.abs(nowMs - Number(seconds) * 1000) <= TOLERANCE_MS
  );
}

/** Whether two secrets are the same, in a time that says nothing of either. */
export function isSame(given: string | undefined, secret: string): boolean {
  return given !== undefined && timingSafeEqual(Buffer.from(sha256(given)), Buffer.from(sha256(secret)));
}

export function hmacSha256(key: string | Buffer, parts: readonly (string | Buffer)[]): Buffer {
  const hmac = createHmac('sha256', key);
  for (const part of parts) hmac.update(part);
  return hmac.digest();
}

/** What stands before the 32 bytes of an Ed25519 key in SPKI DER. */
const ED25519_SPKI = Buffer.from('302a300506032b6570032100', 'hex');

/** Whether a hexadecimal Ed25519 signature is that of the message; false for whatever is no signature. */
export function isSignedEd25519(publicKeyHex: string, message: Buffer, signatureHex: string | undefined): boolean {
  if (signatureHex === undefined || !/^[0-9a-f]{128}$/i.test(signatureHex)) return false;
  const der = Buffer.concat([ED25519_SPKI, Buffer.from(publicKeyHex, 'hex')]);
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  return verify(null, message, key, Buffer.from(signatureHex, 'hex'));
}
