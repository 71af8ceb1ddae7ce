import { pino, type Logger } from 'pino';

export type Log = Logger;

/** JSON lines on standard error: standard output is for what a person or a pipe reads. Questions are not logged. */
export function createLog(level: string): Log {
  return pino({ level, redact: ['req.headers.authorization', 'token', 'key'] }, pino.destination(2));
}
