import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { STEPS } from './chat-model/model-steps.ts';
import { ConfigurationError } from './errors.ts';
import { findTravellers } from './find-travellers.ts';
import { DTYPES, POOLINGS } from './transformers.ts';

const list = z
  .string()
  .transform((value) =>
    value
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean),
  )
  .pipe(z.array(z.string()).min(1));

const address = z.url({ protocol: /^https?$/ });

const prefix = z.string().transform((value) => (value === 'none' ? '' : value));

const schema = z.object({
  /** TCP port; 0 takes a free one. */
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  /** Absolute base of the links in answers; default: the address served. */
  PUBLIC_URL: address.optional(),
  CORPUS_DIR: z.string().default('corpus'),
  INDEX_DIR: z.string().default('index'),
  /** A PostgreSQL database with pgvector that any number of processes share; unset: files in `INDEX_DIR`. */
  STORE: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /** A version of the corpus in `STORE` that is not published, to be filled or tried. */
  STORE_VERSION: z.string().optional(),
  /** Comma-separated: standbys of `STORE` that searches and documents are read from. */
  STORE_READ: list.pipe(z.array(z.url({ protocol: /^postgres(ql)?$/ }))).optional(),
  /** Connections of this process to the database, and to each standby. */
  STORE_POOL: z.coerce.number().int().min(2).max(1000).default(10),
  /** Milliseconds that a query may take, and that one may wait for a connection. */
  STORE_TIMEOUT_MS: z.coerce.number().int().min(100).max(600_000).default(10_000),
  /** A Qdrant collection that vectors are searched in, beside the store: `qdrant://host:port/collection?tls=true`. */
  VECTOR_STORE: z.url({ protocol: /^qdrant$/ }).optional(),
  QDRANT_API_KEY: z.string().optional(),
  /** `sentence`, `hashing`, or `provider:model` through LangChain. */
  EMBEDDINGS: z.string().default('sentence'),
  /** Worker threads of the sentence encoder. */
  EMBEDDINGS_THREADS: z.coerce.number().int().min(1).max(64).optional(),
  /** What is put before a question and before a passage; `none` for nothing. Default: what the model's family wants. */
  EMBEDDINGS_QUERY_PREFIX: prefix.optional(),
  EMBEDDINGS_PASSAGE_PREFIX: prefix.optional(),
  EMBEDDINGS_POOLING: z.enum(POOLINGS).optional(),
  /** Precision of the weights of Hugging Face models. */
  MODEL_DTYPE: z.enum(DTYPES).default('fp32'),
  /** Where Hugging Face models are kept, and looked up by name. */
  MODELS_DIR: z.string().default('models'),
  /** No request leaves for a model: what is not on this machine, or on its network, is refused. */
  OFFLINE: z.stringbool().default(false),
  /** `lexical`: question and passage compared by their words, as the search does; or `provider:model`. */
  RERANKER: z.string().default('lexical'),
  /** Where the reranker is served, up to what stands before `/rerank`. */
  RERANKER_URL: z.url({ protocol: /^https?$/ }).optional(),
  RERANKER_API_KEY: z.string().optional(),
  /** How long a question may wait for the reranker. */
  RERANKER_TIMEOUT_MS: z.coerce.number().int().min(1).default(3000),
  /** `extractive`, `provider:model` through LangChain's `initChatModel`, or `gguf:/path/to/model.gguf`. */
  LLM: z.string().default('extractive'),
  /** Where the provider's requests go instead; with `LLM=openai:MODEL`, any OpenAI-compatible server. */
  LLM_BASE_URL: address.optional(),
  /** What answers when the model fails; unset: the question fails, and may be asked again. */
  LLM_FALLBACK: z.enum(['extractive']).optional(),
  /** Comma-separated steps that the model takes in place of rules: each is a request more. */
  LLM_STEPS: list.pipe(z.array(z.enum(STEPS))).optional(),
  /** Milliseconds for one request to the model with its retries. */
  LLM_TIMEOUT_MS: z.coerce.number().int().min(100).max(600_000).default(60_000),
  LLM_RETRIES: z.coerce.number().int().min(0).max(10).default(2),
  /** Requests to the model at a time; as many as `LLM_QUEUE` more wait. */
  LLM_CONCURRENCY: z.coerce.number().int().min(1).max(1000).default(4),
  LLM_QUEUE: z.coerce.number().int().min(0).max(10_000).default(32),
  /** Tokens of one request with its reply, and of a day (UTC). Unset: the model's window, and no limit. */
  LLM_REQUEST_TOKENS: z.coerce.number().int().min(2000).optional(),
  LLM_DAY_TOKENS: z.coerce.number().int().min(1).optional(),
  /** Tokens of a reply. */
  LLM_REPLY_TOKENS: z.coerce.number().int().min(100).max(100_000).default(2000),
  /** US dollars for a million tokens, for the cost of an answer. */
  LLM_INPUT_PRICE: z.coerce.number().min(0).optional(),
  LLM_OUTPUT_PRICE: z.coerce.number().min(0).optional(),
  /** Comma-separated files of dictionaries: dictd's `.index`, EDICT, or `.tsv` as the glossary. */
  DICTIONARIES: list.optional(),
  /** Comma-separated keys that reading needs; unset: reading is open. */
  API_KEYS: list.optional(),
  /** The key that changing the corpus needs; unset: writing is off. */
  ADMIN_API_KEY: z.string().min(1).optional(),
  /** The largest file or page that is ingested, in MiB. */
  INGEST_MAX_FILE_MB: z.coerce.number().int().min(1).max(1024).default(128),
  /** Jobs (uploads, pages, requests to read the corpus again) that this process does at a time; 0: others do them. */
  INGEST_WORKERS: z.coerce.number().int().min(0).max(64).default(2),
  /** Jobs that may wait; beyond that they are refused until there is room. */
  INGEST_QUEUE: z.coerce.number().int().min(1).max(100_000).default(100),
  /** Fetch pages from private networks too. */
  INGEST_ALLOW_PRIVATE: z.stringbool().default(false),
  /** Questions, searches and checks that this process has under way at a time; beyond that they are turned away (503). */
  ASK_CONCURRENCY: z.coerce.number().int().min(1).max(100_000).default(256),
  /** Requests a minute and client address; unset: no limit. */
  RATE_LIMIT: z.coerce.number().int().min(1).optional(),
  /** Comma-separated origins of pages that may embed the widget; unset: none. */
  WIDGET_ORIGINS: list.pipe(z.array(z.url({ protocol: /^https?$/ }))).optional(),
  /** Chat tools; each is on when all its secrets are set. Slack: */
  SLACK_SIGNING_SECRET: z.string().optional(),
  SLACK_BOT_TOKEN: z.string().optional(),
  SLACK_API_URL: address.default('https://slack.com/api'),
  /** The application's public key in hexadecimal, and its id. */
  DISCORD_PUBLIC_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal digits')
    .optional(),
  DISCORD_APPLICATION_ID: z.string().optional(),
  DISCORD_API_URL: address.default('https://discord.com/api/v10'),
  TELEGRAM_BOT_TOKEN: z.string().optional(),
  TELEGRAM_WEBHOOK_SECRET: z
    .string()
    .regex(/^[\w-]{1,256}$/, 'must be 1–256 letters, digits, _ and -')
    .optional(),
  TELEGRAM_API_URL: address.default('https://api.telegram.org'),
  TEAMS_APP_ID: z.string().optional(),
  TEAMS_APP_PASSWORD: z.string().optional(),
  TEAMS_TENANT_ID: z.string().optional(),
  TEAMS_OPENID_URL: address.default('https://login.botframework.com/v1/.well-known/openidconfiguration'),
  TEAMS_LOGIN_URL: address.default('https://login.microsoftonline.com'),
  /** Comma-separated: a slash command and an outgoing webhook have each their own. */
  MATTERMOST_TOKEN: list.optional(),
  /** The Mattermost server, for answers to slash commands that take long. */
  MATTERMOST_API_URL: address.optional(),
  /** The project's number, or this endpoint's address: as the Chat app is configured. */
  GOOGLE_CHAT_AUDIENCE: z.string().optional(),
  /** The JSON of a service account's key, for answers that take long. */
  GOOGLE_CHAT_CREDENTIALS: z.string().optional(),
  GOOGLE_CHAT_API_URL: address.default('https://chat.googleapis.com'),
  GOOGLE_CHAT_CERTS_URL: address.default('https://www.googleapis.com'),
  /** Any other tool: the key of Standard Webhooks, and where answers go if not in the reply. */
  WEBHOOK_SECRET: z.string().optional(),
  WEBHOOK_CALLBACK_URL: address.optional(),
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
  /** Whether questions and answers may be in logs and traces. */
  LOG_CONTENT: z.stringbool().default(false),
  /** The collector that spans are sent to; unset: none. OpenTelemetry's other variables count, too. */
  OTEL_EXPORTER_OTLP_ENDPOINT: address.optional(),
  OTEL_SERVICE_NAME: z.string().default('concordat'),
});

/** The settings of one process: read once, frozen. */
export type Config = Readonly<z.infer<typeof schema>>;

/** The names of all settings, as `.env.example` must list them. */
export const SETTINGS: readonly string[] = Object.keys(schema.shape);

/**
 * Reads the environment (and a `.env` file beside the process, if there is one; the environment wins).
 * @throws ConfigurationError naming each wrong setting, never its value.
 */
export function loadConfig(environment?: NodeJS.ProcessEnv): Config {
  if (environment === undefined && existsSync('.env')) process.loadEnvFile('.env');
  const source = environment ?? process.env;
  const known = Object.fromEntries(SETTINGS.filter((name) => source[name]).map((name) => [name, source[name]]));
  const parsed = schema.safeParse(known);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigurationError(`The configuration is not valid. ${faults.join('; ')}.`);
  }
  const { CORPUS_DIR, INDEX_DIR, MODELS_DIR } = parsed.data;
  refuseIdleness(parsed.data);
  if (parsed.data.OFFLINE) refuseTravel(findTravellers(parsed.data, source));
  if (!parsed.data.LOG_CONTENT) hideContent(source);
  return Object.freeze({
    ...parsed.data,
    CORPUS_DIR: resolve(CORPUS_DIR),
    INDEX_DIR: resolve(INDEX_DIR),
    MODELS_DIR: resolve(MODELS_DIR),
  });
}

function refuseIdleness({ STORE, INGEST_WORKERS }: Pick<Config, 'STORE' | 'INGEST_WORKERS'>): void {
  if (STORE !== undefined || INGEST_WORKERS > 0) return;
  throw new ConfigurationError('INGEST_WORKERS is 0, and without STORE there is no other process to do the work.');
}

function refuseTravel(travellers: readonly string[]): void {
  if (travellers.length === 0) return;
  throw new ConfigurationError(`OFFLINE is set, and ${travellers.join(' and ')} would be asked over the network.`);
}

/** LangSmith, which LangChain sends its traces to where its own variables say so, is told no texts either. */
function hideContent(environment: NodeJS.ProcessEnv): void {
  environment['LANGSMITH_HIDE_INPUTS'] = 'true';
  environment['LANGSMITH_HIDE_OUTPUTS'] = 'true';
}
