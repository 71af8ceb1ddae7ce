import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { ConfigurationError } from './errors.ts';

const list = z
  .string()
  .transform((value) =>
    value
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean),
  )
  .pipe(z.array(z.string()).min(1));

const schema = z.object({
  /** TCP port; 0 takes a free one. */
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  /** Absolute base of the links in answers; default: the address served. */
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  CORPUS_DIR: z.string().default('corpus'),
  INDEX_DIR: z.string().default('index'),
  /** `sentence`, `hashing`, or `provider:model` through LangChain. */
  EMBEDDINGS: z.string().default('sentence'),
  /** Worker threads of the sentence encoder. */
  EMBEDDINGS_THREADS: z.coerce.number().int().min(1).max(64).optional(),
  /** `extractive`, or `provider:model` through LangChain's `initChatModel`. */
  LLM: z.string().default('extractive'),
  /** An OpenAI-compatible server, for `LLM=openai:MODEL`. */
  LLM_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Comma-separated keys that reading needs; unset: reading is open. */
  API_KEYS: list.optional(),
  /** The key that changing the corpus needs; unset: writing is off. */
  ADMIN_API_KEY: z.string().min(1).optional(),
  /** Requests a minute and client address; unset: no limit. */
  RATE_LIMIT: z.coerce.number().int().min(1).optional(),
  /** Comma-separated origins of pages that may embed the widget; unset: none. */
  WIDGET_ORIGINS: list.pipe(z.array(z.url({ protocol: /^https?$/ }))).optional(),
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
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
  const { CORPUS_DIR, INDEX_DIR } = parsed.data;
  return Object.freeze({ ...parsed.data, CORPUS_DIR: resolve(CORPUS_DIR), INDEX_DIR: resolve(INDEX_DIR) });
}
