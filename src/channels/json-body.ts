import type { z } from 'zod';
import { InvalidRequestError } from '../errors.ts';
import type { ChannelRequest } from './channel.ts';

/**
 * The JSON of a request, of the shape a channel reads.
 * @throws SyntaxError, InvalidRequestError
 */
export function readJson<T>(schema: z.ZodType<T>, body: Buffer | string): T {
  return checkShape(schema, JSON.parse(body.toString('utf8')));
}

/** @throws InvalidRequestError */
export function checkShape<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new InvalidRequestError(
    `The request is not understood: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}.`,
  );
}

/** A value that is text, else nothing. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The fields of a form. */
export function readForm(body: Buffer): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(body.toString('utf8')));
}

export function isForm(request: ChannelRequest): boolean {
  return request.header('content-type')?.startsWith('application/x-www-form-urlencoded') ?? false;
}
