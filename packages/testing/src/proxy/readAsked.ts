import type { Asked, Verb } from './Passage';

const verbs: Record<string, Verb> = {
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
};

/** Returns verb and resource of a request by its method and path (Kubernetes API concepts, "Resource URIs"). */
export function readAsked(method: string, url: string): Asked {
  const { pathname, searchParams } = new URL(url, 'http://server');
  const [root, ...parts] = pathname
    .split('/')
    .filter(Boolean)
    .map(decodeURIComponent);
  if (root !== 'api' && root !== 'apis')
    return { verb: 'get', resource: '', query: searchParams };
  // Behind `api/v1` or `apis/<group>/<version>`.
  let rest = parts.slice(root === 'api' ? 1 : 2);
  let namespace: string | undefined;
  if (rest[0] === 'namespaces' && rest.length > 2) {
    namespace = rest[1];
    rest = rest.slice(2);
  }
  const [resource = '', name, subresource] = rest;
  const reading = searchParams.has('watch') ? 'watch' : 'list';
  const verb = verbs[method] ?? (name ? 'get' : reading);
  return { verb, resource, namespace, name, subresource, query: searchParams };
}
