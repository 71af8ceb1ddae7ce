import { crc32 } from 'node:zlib';
import type { Protocol } from './provider-protocols.ts';

const STRING_HEADER = 7;

function header(name: string, value: string): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(Buffer.byteLength(value));
  return Buffer.concat([
    Buffer.from([Buffer.byteLength(name)]),
    Buffer.from(name),
    Buffer.from([STRING_HEADER]),
    length,
    Buffer.from(value),
  ]);
}

function uint32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32BE(value);
  return buffer;
}

/** One message of `application/vnd.amazon.eventstream`: lengths and their checksum, headers, payload, checksum of all. */
function message(type: string, payload: object): Buffer {
  const headers = Buffer.concat([
    header(':event-type', type),
    header(':content-type', 'application/json'),
    header(':message-type', 'event'),
  ]);
  const body = Buffer.from(JSON.stringify(payload));
  const lengths = Buffer.concat([uint32(headers.length + body.length + 16), uint32(headers.length)]);
  const unsealed = Buffer.concat([lengths, uint32(crc32(lengths)), headers, body]);
  return Buffer.concat([unsealed, uint32(crc32(unsealed))]);
}

const STOPS = { stop: 'end_turn', length: 'max_tokens', refusal: 'guardrail_intervened' };

/** Converse, streamed in frames of its own. */
export const bedrock: Protocol = {
  contentType: 'application/vnd.amazon.eventstream',
  read: ({ system, messages }) => {
    const textOf = (parts: unknown): string => (parts as { text?: string }[]).map(({ text = '' }) => text).join('');
    return {
      system: textOf(system ?? []),
      user: (messages as { content: unknown }[]).map(({ content }) => textOf(content)).join(''),
    };
  },
  begin: () => [message('messageStart', { role: 'assistant' })],
  part: (text) => message('contentBlockDelta', { contentBlockIndex: 0, delta: { text } }),
  end: (finish) => [
    message('contentBlockStop', { contentBlockIndex: 0 }),
    message('messageStop', { stopReason: STOPS[finish] }),
    message('metadata', {
      usage: { inputTokens: 100, outputTokens: 20, totalTokens: 120 },
      metrics: { latencyMs: 1 },
    }),
  ],
  error: () => ({ message: 'secret detail' }),
};
