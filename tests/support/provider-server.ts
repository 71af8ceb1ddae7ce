import { onTestFinished } from 'vitest';
import { openProvider, type Asked, type ProviderServer, type Reply } from './open-provider.ts';
import type { ProtocolName } from './provider-protocols.ts';

/** A provider on loopback for one test. `reply` says what it does with each request. */
export async function serveProvider(
  name: ProtocolName,
  reply: (asked: Asked, count: number) => Reply | Promise<Reply>,
): Promise<ProviderServer> {
  const { close, ...server } = await openProvider(name, reply);
  onTestFinished(close);
  return server;
}
