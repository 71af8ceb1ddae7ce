import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { PROTOCOLS, type Protocol, type ProtocolName } from './provider-protocols.ts';

/** What a provider was asked, whatever its protocol. */
export interface Asked {
  readonly path: string;
  readonly system: string;
  readonly user: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What it does: it sends the parts one by one, then stops as `finish` says. */
export interface Reply {
  readonly parts?: readonly string[];
  /** Before the first part and between parts. */
  readonly pauseMs?: number;
  /** Ends the connection after so many parts, without a word. */
  readonly cutAfter?: number;
  readonly finish?: 'stop' | 'length' | 'refusal';
  /** Instead of a reply. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Keeps the connection open after the last part until the client leaves. */
  readonly hang?: boolean;
}

export interface ProviderServer {
  readonly url: string;
  readonly asked: readonly Asked[];
  /** Resolves when a client closes its connection before the reply has ended. */
  readonly left: Promise<void>;
}

/** A loopback server that speaks a provider's protocol, streaming, until it is closed. */
export async function openProvider(
  name: ProtocolName,
  reply: (asked: Asked, count: number) => Reply | Promise<Reply>,
): Promise<ProviderServer & { readonly close: () => void }> {
  const protocol = PROTOCOLS[name];
  const asked: Asked[] = [];
  let leave = (): void => undefined;
  const left = new Promise<void>((resolve) => (leave = resolve));
  const server = createServer((request, response) => {
    response.on('close', () => {
      if (!response.writableFinished) leave();
    });
    void answer(request, response).catch(() => response.destroy());
  });
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = JSON.parse(Buffer.concat(parts).toString()) as Record<string, unknown>;
    asked.push({ path: request.url ?? '', body, ...protocol.read(body) });
    const last = asked.at(-1);
    if (last) await send(response, { protocol, model: 'm', reply: await reply(last, asked.length) });
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, left, close };
}

async function send(
  response: ServerResponse,
  { protocol, model, reply }: { protocol: Protocol; model: string; reply: Reply },
): Promise<void> {
  const { parts = [], status = 200, finish = 'stop', headers = {}, pauseMs = 0, cutAfter, hang = false } = reply;
  if (status !== 200) {
    response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify(protocol.error(status)));
    return;
  }
  response.writeHead(200, { 'content-type': protocol.contentType });
  for (const event of protocol.begin(model)) response.write(event);
  for (const [i, part] of parts.entries()) {
    if (pauseMs > 0) await setTimeout(pauseMs);
    if (i === cutAfter) {
      response.destroy();
      return;
    }
    if (response.destroyed) return;
    response.write(protocol.part(part, model));
  }
  if (hang) return;
  for (const event of protocol.end(finish, parts.join(''))) response.write(event);
  response.end();
}

/** The token under which a passage was shown. */
export function tokenOf({ user }: Pick<Asked, 'user'>, rank = 1): string {
  return new RegExp(`<passage ${rank} token="(p-[0-9a-f]{6})">`).exec(user)?.[1] ?? 'none';
}
