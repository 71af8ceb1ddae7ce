import { AppError } from '../../errors.ts';

/** An address that gives no document: refused by us (422), or by its server (502). */
export class FetchError extends AppError {
  override readonly name = 'FetchError';
  constructor(message: string, retryable = false) {
    super(message, { status: retryable ? 502 : 422, retryable });
  }
}
