import {
  KubeApiError,
  type KubeClient,
  type KubeRequest,
} from '@bailiwick/backstage-kube-controller';

/** Response of the API server to a request: `allowed`, or the reason of the refusal. */
export type Verdict = 'allowed' | `${number} ${string}`;

/** Tries a request in earnest, without effect where the API server offers that. */
export async function attempt(
  client: KubeClient,
  request: KubeRequest,
): Promise<Verdict> {
  const isWrite = (request.method ?? 'GET') !== 'GET';
  try {
    await client.request({
      ...request,
      query: { ...request.query, ...(isWrite && { dryRun: 'All' }) },
    });
    return 'allowed';
  } catch (error) {
    if (!(error instanceof KubeApiError)) throw error;
    return `${error.status} ${error.message}`;
  }
}

/** Matches the verdict of a request that the person may not make. */
export const forbidden = /^403 /;

/** A body for a request to create an object. */
export function body(
  apiVersion: string,
  kind: string,
  name: string,
  rest: object = {},
): Record<string, unknown> & { metadata: { name: string } } {
  return { apiVersion, kind, metadata: { name }, ...rest };
}

/** A merge patch of an object. */
export function mergePatch(path: string, patch: object): KubeRequest {
  return {
    method: 'PATCH',
    path,
    body: patch,
    contentType: 'application/merge-patch+json',
  };
}

/** A request to create an object. */
export function creation(path: string, object: object): KubeRequest {
  return { method: 'POST', path, body: object };
}

/**
 * Sends requests that a person must not be able to make, and an administrator can, so that a refusal is due to missing
 * rights only.
 *
 * @returns the requests with another result, each with the response
 */
export async function notRefused(
  person: KubeClient,
  admin: KubeClient,
  requests: KubeRequest[],
): Promise<string[]> {
  const wrong: string[] = [];
  for (const request of requests) {
    const name = `${request.method ?? 'GET'} ${request.path}`;
    const verdict = await attempt(person, request);
    if (!forbidden.test(verdict)) wrong.push(`${name}: ${verdict}`);
    const control = await attempt(admin, request);
    if (/^40[0345] /.test(control)) wrong.push(`${name}, admin: ${control}`);
  }
  return wrong;
}
