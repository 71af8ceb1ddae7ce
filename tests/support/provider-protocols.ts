import { bedrock } from './bedrock-protocol.ts';

/** How a provider is spoken to: what its requests hold, and the events of its streamed replies. */
export interface Protocol {
  readonly contentType: string;
  readonly read: (body: Record<string, unknown>) => { system: string; user: string };
  /** The events before, for each part, and after. */
  readonly begin: (model: string) => readonly (string | Buffer)[];
  readonly part: (text: string, model: string) => string | Buffer;
  readonly end: (finish: 'stop' | 'length' | 'refusal', text: string) => readonly (string | Buffer)[];
  readonly error: (status: number) => unknown;
}

const sse = (data: unknown, event?: string): string =>
  `${event === undefined ? '' : `event: ${event}\n`}data: ${JSON.stringify(data)}\n\n`;

interface Message {
  readonly role: string;
  readonly content: string | readonly { text: string }[];
}

const textOf = (content: Message['content']): string =>
  typeof content === 'string' ? content : content.map(({ text }) => text).join('');

const readMessages = (messages: readonly Message[]): { system: string; user: string } => ({
  system: messages
    .filter(({ role }) => role === 'system' || role === 'developer')
    .map(({ content }) => textOf(content))
    .join(''),
  user: messages
    .filter(({ role }) => role === 'user')
    .map(({ content }) => textOf(content))
    .join(''),
});

const chatChunk = (model: string, choice: object, more: object = {}): string =>
  sse({ id: 'c1', object: 'chat.completion.chunk', created: 1, model, choices: [{ index: 0, ...choice }], ...more });

const CHAT_USAGE = { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 };

const openaiChat: Protocol = {
  contentType: 'text/event-stream',
  read: ({ messages }) => readMessages(messages as Message[]),
  begin: (model) => [chatChunk(model, { delta: { role: 'assistant', content: '' }, finish_reason: null })],
  part: (text, model) => chatChunk(model, { delta: { content: text }, finish_reason: null }),
  end: (finish) => [
    chatChunk(
      'm',
      {
        delta: finish === 'refusal' ? { refusal: 'No.' } : {},
        finish_reason: finish === 'refusal' ? 'content_filter' : finish,
      },
      { x_groq: { id: 'g1', usage: CHAT_USAGE } },
    ),
    sse({ id: 'c1', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [], usage: CHAT_USAGE }),
    'data: [DONE]\n\n',
  ],
  error: (status) => ({ error: { message: 'secret detail', type: 'error', code: String(status) } }),
};

/** Mistral tells usage with the last choice. */
const mistral: Protocol = {
  ...openaiChat,
  end: (finish) => [
    chatChunk(
      'm',
      { delta: { content: '' }, finish_reason: finish === 'refusal' ? 'stop' : finish },
      { usage: CHAT_USAGE },
    ),
    'data: [DONE]\n\n',
  ],
};

const responseObject = (status: string, more: object = {}): object => ({
  id: 'r1',
  object: 'response',
  created_at: 1,
  model: 'm',
  status,
  output: [],
  ...more,
});

const openaiResponses: Protocol = {
  contentType: 'text/event-stream',
  read: ({ input }) => readMessages(input as Message[]),
  begin: () => [
    sse({ type: 'response.created', sequence_number: 0, response: responseObject('in_progress') }, 'response.created'),
    sse(
      {
        type: 'response.output_item.added',
        sequence_number: 1,
        output_index: 0,
        item: { id: 'm1', type: 'message', role: 'assistant', status: 'in_progress', content: [] },
      },
      'response.output_item.added',
    ),
  ],
  part: (text) =>
    sse(
      {
        type: 'response.output_text.delta',
        sequence_number: 2,
        item_id: 'm1',
        output_index: 0,
        content_index: 0,
        delta: text,
      },
      'response.output_text.delta',
    ),
  end: (finish, text) => {
    const usage = {
      input_tokens: 100,
      output_tokens: 20,
      total_tokens: 120,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens_details: { reasoning_tokens: 0 },
    };
    const item = {
      id: 'm1',
      type: 'message',
      role: 'assistant',
      status: 'completed',
      content: [{ type: finish === 'refusal' ? 'refusal' : 'output_text', text, refusal: 'No.', annotations: [] }],
    };
    const response =
      finish === 'length'
        ? responseObject('incomplete', { incomplete_details: { reason: 'max_output_tokens' }, output: [item], usage })
        : responseObject('completed', { output: [item], usage });
    const refused =
      finish === 'refusal'
        ? [
            sse(
              {
                type: 'response.refusal.done',
                sequence_number: 3,
                item_id: 'm1',
                output_index: 0,
                content_index: 0,
                refusal: 'No.',
              },
              'response.refusal.done',
            ),
          ]
        : [];
    const type = finish === 'length' ? 'response.incomplete' : 'response.completed';
    return [...refused, sse({ type, sequence_number: 4, response }, type)];
  },
  error: openaiChat.error,
};

const anthropic: Protocol = {
  contentType: 'text/event-stream',
  read: ({ system, messages }) => ({
    ...readMessages(messages as Message[]),
    system: textOf(system as Message['content']),
  }),
  begin: (model) => [
    sse(
      {
        type: 'message_start',
        message: {
          id: 'msg1',
          type: 'message',
          role: 'assistant',
          model,
          content: [],
          stop_reason: null,
          stop_sequence: null,
          usage: { input_tokens: 100, output_tokens: 1 },
        },
      },
      'message_start',
    ),
    sse({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }, 'content_block_start'),
  ],
  part: (text) =>
    sse({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } }, 'content_block_delta'),
  end: (finish) => [
    sse({ type: 'content_block_stop', index: 0 }, 'content_block_stop'),
    sse(
      {
        type: 'message_delta',
        delta: {
          stop_reason: { stop: 'end_turn', length: 'max_tokens', refusal: 'refusal' }[finish],
          stop_sequence: null,
        },
        usage: { output_tokens: 20 },
      },
      'message_delta',
    ),
    sse({ type: 'message_stop' }, 'message_stop'),
  ],
  error: (status) => ({
    type: 'error',
    error: { type: status === 429 ? 'rate_limit_error' : 'api_error', message: 'secret detail' },
  }),
};

const candidate = (text: string, more: object = {}): string =>
  sse({ candidates: [{ index: 0, content: { role: 'model', parts: [{ text }] }, ...more }] });

const gemini: Protocol = {
  contentType: 'text/event-stream',
  read: ({ systemInstruction, contents }) => {
    const parts = (content: unknown): string =>
      ((content as { parts?: { text: string }[] } | undefined)?.parts ?? []).map(({ text }) => text).join('');
    return { system: parts(systemInstruction), user: (contents as unknown[]).map(parts).join('') };
  },
  begin: () => [],
  part: (text) => candidate(text),
  end: (finish) => [
    sse({
      candidates: [
        {
          index: 0,
          content: { role: 'model', parts: [] },
          finishReason: { stop: 'STOP', length: 'MAX_TOKENS', refusal: 'SAFETY' }[finish],
        },
      ],
      usageMetadata: { promptTokenCount: 100, candidatesTokenCount: 20, totalTokenCount: 120 },
    }),
  ],
  error: (status) => ({ error: { code: status, message: 'secret detail', status: 'UNAVAILABLE' } }),
};

const line = (data: object): string =>
  `${JSON.stringify({ model: 'm', created_at: '2026-01-01T00:00:00Z', ...data })}\n`;

const ollama: Protocol = {
  contentType: 'application/x-ndjson',
  read: ({ messages }) => readMessages(messages as Message[]),
  begin: () => [],
  part: (text) => line({ message: { role: 'assistant', content: text }, done: false }),
  end: (finish) => [
    line({
      message: { role: 'assistant', content: '' },
      done: true,
      done_reason: finish === 'length' ? 'length' : 'stop',
      prompt_eval_count: 100,
      eval_count: 20,
      total_duration: 1,
      load_duration: 1,
      prompt_eval_duration: 1,
      eval_duration: 1,
    }),
  ],
  error: () => ({ error: 'secret detail' }),
};

export const PROTOCOLS = { openaiChat, mistral, openaiResponses, anthropic, gemini, ollama, bedrock };
export type ProtocolName = keyof typeof PROTOCOLS;
