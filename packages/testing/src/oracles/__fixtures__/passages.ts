import type { Passage } from '../../proxy';

/** A patch of an app that the API server carried out, with changes. */
export function passage(changes: Partial<Passage> = {}): Passage {
  return {
    at: 0,
    verb: 'patch',
    resource: 'deployments',
    namespace: 'desk--dev',
    name: 'prices',
    query: new URLSearchParams(),
    status: 200,
    ...changes,
  };
}

/** The lease taken or renewed by a client. */
export function lease(at: number, client: string, holder = client): Passage {
  const place = { namespace: 'bailiwick-system', name: 'bailiwick-operator' };
  const what = { verb: 'update', resource: 'leases' } as const;
  return passage({ ...what, ...place, at, done: at + 1, client, holder });
}
