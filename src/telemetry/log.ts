import { pino, type Logger } from 'pino';

export type Log = Logger;

const SECRETS = ['req.headers.authorization', 'token', 'key'];
const CONTENT = ['question', 'answer'];

/** JSON lines on standard error: standard output is for what a person or a pipe reads. Without `content`, no question and no answer is in them. */
export function createLog(level: string, { content = false }: { readonly content?: boolean } = {}): Log {
  const paths = content ? SECRETS : [...SECRETS, ...CONTENT];
  return pino({ level, redact: { paths, remove: true } }, pino.destination(2));
}
