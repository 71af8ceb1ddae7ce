import { lookup } from 'node:dns/promises';
import ipaddr from 'ipaddr.js';
import { FetchError } from './fetch-error.ts';

export interface ResolvedAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** A host name → its addresses. */
export type Resolve = (hostname: string) => Promise<readonly ResolvedAddress[]>;

export const resolveByDns: Resolve = async (hostname) =>
  (await lookup(hostname, { all: true })).map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));

/**
 * Whether an address is on the public Internet: not of this machine, a private network, a link, a cloud's metadata
 * service, or one of these behind an IPv6 form.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.kind() === 'ipv4') return parsed.range() === 'unicast';
  const { parts } = parsed as ipaddr.IPv6;
  // The deprecated "IPv4-compatible" form ::a.b.c.d counts as unicast, and may be routed to the IPv4 address.
  const isCompatible = parts.slice(0, 6).every((part) => part === 0);
  return parsed.range() === 'unicast' && !isCompatible;
}

/** Whether an address is public or of an intranet. What lies on the link itself, such as metadata services, never is. */
export function isIntranetAddress(address: string): boolean {
  if (isPublicAddress(address)) return true;
  if (!ipaddr.isValid(address)) return false;
  // An IPv4 address behind an IPv6 form is judged as itself.
  return INTRANET.has(ipaddr.process(address).range()) && ipaddr.parse(address).toString() !== METADATA;
}

const INTRANET: ReadonlySet<string> = new Set(['private', 'uniqueLocal', 'loopback', 'carrierGradeNat']);
/** Of one cloud, within its private range. */
const METADATA = 'fd00:ec2::254';

/**
 * One address of the host to connect to, and to no other: a name that resolves anew for the connection could lead
 * elsewhere.
 * @throws FetchError when any address of the host is not allowed, or there is none.
 */
export async function pinAddress(
  url: URL,
  { resolve, isAllowed }: { resolve: Resolve; isAllowed: (address: string) => boolean },
): Promise<ResolvedAddress> {
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = ipaddr.isValid(hostname)
    ? [{ address: hostname, family: ipaddr.parse(hostname).kind() === 'ipv6' ? (6 as const) : (4 as const) }]
    : await resolve(hostname).catch(() => []);
  const [first] = addresses;
  if (!first) throw new FetchError(`The host ${hostname} cannot be found.`, true);
  if (!addresses.every(({ address }) => isAllowed(address))) {
    throw new FetchError(
      `The host ${hostname} is not on the public Internet. INGEST_ALLOW_PRIVATE=true allows intranet addresses.`,
    );
  }
  return first;
}
