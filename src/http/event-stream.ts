import type { Response } from 'express';

const KEEP_AWAKE_MS = 15_000;

/** Server-sent events on one response. Call `close` when done. */
export interface EventStream {
  send(event: string, data: unknown): void;
  /** An event without a name; a string goes out as it is. */
  sendData(data: unknown): void;
  close(): void;
}

export function openEventStream(response: Response): EventStream {
  response.status(200).set({
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
  });
  response.flushHeaders();
  const timer = setInterval(() => response.write(': keep-alive\n\n'), KEEP_AWAKE_MS);
  response.on('close', () => clearInterval(timer));
  return {
    send(event, data) {
      response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    },
    sendData(data) {
      response.write(`data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`);
    },
    close() {
      clearInterval(timer);
      response.end();
    },
  };
}
