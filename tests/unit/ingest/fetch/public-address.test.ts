import { expect, test } from 'vitest';
import {
  isIntranetAddress,
  isPublicAddress,
  pinAddress,
  type Resolve,
} from '../../../../src/ingest/fetch/public-address.ts';

test.each(['93.184.216.34', '8.8.8.8', '2606:2800:220:1:248:1893:25c8:1946'])('%s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test.each([
  '127.0.0.1',
  '127.8.9.10',
  '0.0.0.0',
  '10.1.2.3',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '192.0.0.8',
  '198.18.0.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:169.254.169.254',
  '::127.0.0.1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  '2001::1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'ff02::1',
  'not an address',
])('%s is not', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each(['10.1.2.3', '192.168.1.1', '127.0.0.1', '::1', 'fd12::1', '::ffff:10.0.0.1', '8.8.8.8'])(
  '%s may be of an intranet',
  (address) => expect(isIntranetAddress(address)).toBe(true),
);

test.each(['169.254.169.254', '::ffff:169.254.169.254', 'fd00:ec2::254', 'fe80::1', '224.0.0.1', '0.0.0.0', '::'])(
  '%s may not',
  (address) => expect(isIntranetAddress(address)).toBe(false),
);

const never: Resolve = async () => {
  throw new Error('not to be asked');
};

test.each([
  'http://127.0.0.1/',
  'http://127.1/',
  'http://2130706433/',
  'http://0x7f000001/',
  'http://0177.0.0.1/',
  'http://0x7f.1/',
  'http://[::1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:7f00:1]/',
  'http://[fe80::1]/',
  'http://169.254.169.254/latest/meta-data/',
  'http://0/',
])('%s is refused without asking anyone', async (url) => {
  await expect(pinAddress(new URL(url), { resolve: never, isAllowed: isPublicAddress })).rejects.toThrow(
    /not on the public Internet/,
  );
});

test('a name is refused when any of its addresses is private, and pinned to the one that was checked', async () => {
  const to =
    (...addresses: string[]): Resolve =>
    async () =>
      addresses.map((address) => ({ address, family: 4 }));
  const url = new URL('http://example.test/');
  const mixed = pinAddress(url, { resolve: to('93.184.216.34', '10.0.0.1'), isAllowed: isPublicAddress });
  await expect(mixed).rejects.toThrow(/not on the public Internet/);
  expect(await pinAddress(url, { resolve: to('93.184.216.34'), isAllowed: isPublicAddress })).toEqual({
    address: '93.184.216.34',
    family: 4,
  });
  expect(await pinAddress(url, { resolve: to('10.0.0.1'), isAllowed: isIntranetAddress })).toMatchObject({
    address: '10.0.0.1',
  });
  await expect(pinAddress(url, { resolve: to(), isAllowed: isIntranetAddress })).rejects.toThrow(/cannot be found/);
});
