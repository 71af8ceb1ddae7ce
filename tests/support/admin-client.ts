import { createContractClient } from './contract-client.ts';
import type { Exchange } from './exchange.ts';
import { faultsOf } from './openapi-contract.ts';

export const ADMIN_KEY = 'the-admin-key-of-this-test';

/** Changes the corpus of a server over HTTP, each response held to the description. */
export function createAdminClient(url: string) {
  const client = createContractClient(url);
  const send = async (operation: string, path: string, rest: object = {}): Promise<Exchange> => {
    const method = operation.split(' ')[0] ?? 'GET';
    const { headers = {}, ...outgoing } = rest as { headers?: Record<string, string> };
    const authorized = { authorization: `Bearer ${ADMIN_KEY}`, ...headers };
    const response = await client.send({ method, path, headers: authorized, ...outgoing });
    const faults = faultsOf(response, operation);
    if (faults.length > 0) throw new Error(`${operation}: ${faults.join('; ')}\n${response.text.slice(0, 500)}`);
    return response;
  };
  return {
    send,
    add: (body: object) => send('POST /api/documents', '/api/documents', { body }),
    async upload(
      name: string,
      content: string | Uint8Array<ArrayBuffer>,
      fields: Readonly<Record<string, string>> = {},
    ) {
      const form = new FormData();
      for (const [field, value] of Object.entries(fields)) form.set(field, value);
      form.set('file', new Blob([content]), name);
      const request = new Request(url, { method: 'POST', body: form });
      const headers = { 'content-type': request.headers.get('content-type') ?? '' };
      const body = Buffer.from(await request.arrayBuffer());
      return send('POST /api/documents', '/api/documents', { headers, body });
    },
    remove: (id: string) => send('DELETE /api/documents/{id}', `/api/documents/${id}`),
  };
}
