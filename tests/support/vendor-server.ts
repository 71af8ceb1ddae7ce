import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call that a chat tool's servers were sent. */
export interface RecordedCall {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** JSON, or the fields of a form. */
  readonly body: Readonly<Record<string, unknown>>;
  /** What was answered; empty until then. */
  readonly reply: Record<string, unknown>;
}

export interface VendorReply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
}

/** The servers of all chat tools in one: records the calls, and answers as the script says. */
export interface VendorServer {
  readonly url: string;
  readonly calls: RecordedCall[];
  /** Undefined: as the tool does when all is well. A promise that does not settle: no answer. */
  script: (call: RecordedCall) => VendorReply | undefined | Promise<VendorReply | undefined>;
  /** Resolves when the calls hold what is looked for; rejects, with what there was instead, when they do not in time. */
  until(isThere: (calls: readonly RecordedCall[]) => boolean): Promise<void>;
  close(): Promise<void>;
}

/** Less than the runner's, so that it is said what there was. */
const PATIENCE_MS = 20_000;

export async function startVendorServer(usual: (call: RecordedCall) => VendorReply): Promise<VendorServer> {
  const calls: RecordedCall[] = [];
  const watchers = new Set<() => void>();
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const text = Buffer.concat(parts).toString('utf8');
      const { method = '', url: path = '', headers } = request;
      const call: RecordedCall = { method, path, headers, text, body: parseBody(text), reply: {} };
      calls.push(call);
      for (const watch of watchers) watch();
      const reply = async (): Promise<void> => {
        const { status = 200, headers: extra = {}, body = {} } = (await vendor.script(call)) ?? usual(call);
        Object.assign(call.reply, body);
        response.writeHead(status, { 'Content-Type': 'application/json', ...extra }).end(JSON.stringify(body));
      };
      void reply();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const vendor: VendorServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    script: () => undefined,
    until: (isThere) =>
      new Promise((resolve, reject) => {
        const watch = (): void => {
          if (isThere(calls)) settle(resolve);
        };
        const settle = (how: () => void): void => {
          clearTimeout(timer);
          watchers.delete(watch);
          how();
        };
        const timer = setTimeout(() => settle(() => reject(new Error(describe(calls)))), PATIENCE_MS);
        watchers.add(watch);
        watch();
      }),
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
  return vendor;
}

function describe(calls: readonly RecordedCall[]): string {
  const lines = calls.map(({ method, path, text, reply }) => {
    const replied = Object.keys(reply).length > 0 ? 'answered' : 'not answered';
    return `${method} ${path} ${text.length} characters, ${replied}: ${text.slice(0, 200)}`;
  });
  return [`What was waited for did not come. ${calls.length} calls:`, ...lines].join('\n');
}

function parseBody(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return Object.fromEntries(new URLSearchParams(text));
  }
}
