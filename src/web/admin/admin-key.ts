import { signal } from '@preact/signals';
import { createApiClient } from '../api/api-client.ts';

const KEY = 'concordat.admin-key';

/** The operator's key, for as long as this tab is open. */
export const adminKey = signal(sessionStorage.getItem(KEY));

export function keepAdminKey(key: string | null): void {
  adminKey.value = key;
  if (key === null) sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, key);
}

/** The page's own server, with the operator's key. */
export const adminApi = createApiClient('', () => adminKey.value);
