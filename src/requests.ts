import { z } from 'zod';
import { AUTHORITIES, LANGUAGES } from './domain.ts';
import { InvalidRequestError } from './errors.ts';

const LONGEST_QUESTION = 2000;
const MOST_FILTER_VALUES = 1000;

/** Characters as a reader counts them (code points), not UTF-16 units. */
const length = (value: string): number => Array.from(value).length;

const text = z
  .string()
  .refine((value) => value.isWellFormed(), 'must be well-formed Unicode, without lone surrogates')
  .refine((value) => !value.includes('\0'), 'must not hold a NUL character')
  .refine((value) => value.trim() !== '', 'must not be empty')
  .refine((value) => length(value) <= LONGEST_QUESTION, `must have at most ${LONGEST_QUESTION} characters`);

const values = z.array(z.string().min(1).max(200)).min(1).max(MOST_FILTER_VALUES);
const day = z.iso.date('must be a day, YYYY-MM-DD');

const filters = z.strictObject({
  authority: z.array(z.enum(AUTHORITIES)).min(1).optional(),
  kind: values.optional(),
  language: values.optional(),
  documentIds: values.optional(),
});

const question = z.strictObject({
  question: text,
  conversationId: z.string().min(1).max(200).optional(),
  language: z.enum(LANGUAGES).optional(),
  asOf: day.optional(),
  filters: filters.optional(),
  explain: z.boolean().optional(),
});

const search = z.strictObject({
  query: text,
  limit: z.number().int().min(1).max(100).default(10),
  filters: filters.optional(),
  asOf: day.optional(),
  explain: z.boolean().optional(),
});

const feedback = z.strictObject({
  askId: z.string().min(1).max(200),
  rating: z.enum(['up', 'down']),
  comment: z.string().trim().max(LONGEST_QUESTION).optional(),
});

/** A document by its text or its address; all other fields are those of the front matter. */
const addition = z
  .looseObject({ url: z.string().max(2000).optional(), text: z.string().optional() })
  .refine(({ url, text: given }) => (url === undefined) !== (given === undefined), 'must have either a url or a text');

/** What is to be read again: the folder of the corpus, or the pages that its list names. */
const job = z.strictObject({ kind: z.enum(['folder', 'refresh']) });

export type AdditionRequest = z.infer<typeof addition>;
export type QuestionRequest = z.infer<typeof question>;
export type SearchRequest = z.infer<typeof search>;

/** @throws InvalidRequestError with a pointer to each fault. */
export function checkQuestion(body: unknown): QuestionRequest {
  return check(question, body);
}

/** @throws InvalidRequestError with a pointer to each fault. */
export function checkSearch(body: unknown): SearchRequest {
  return check(search, body);
}

/** @throws InvalidRequestError with a pointer to each fault. */
export function checkFeedback(body: unknown): z.infer<typeof feedback> {
  return check(feedback, body);
}

/** @throws InvalidRequestError with a pointer to each fault. */
export function checkAddition(body: unknown): AdditionRequest {
  return check(addition, body);
}

/** @throws InvalidRequestError with a pointer to each fault. */
export function checkJob(body: unknown): z.infer<typeof job> {
  return check(job, body);
}

/** @throws InvalidRequestError with a pointer to each fault. */
export function check<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') return [{ pointer: pointerTo(issue.path), detail: issue.message }];
    return issue.keys.map((key) => ({
      pointer: pointerTo([...issue.path, key]),
      detail: 'is not a field of this request',
    }));
  });
  throw new InvalidRequestError('The request is not valid.', issues);
}

/** A JSON Pointer (RFC 6901). */
function pointerTo(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
