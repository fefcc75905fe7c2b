/** Verb of a request, as in RBAC. */
export type Verb =
  | 'get'
  | 'list'
  | 'watch'
  | 'create'
  | 'update'
  | 'patch'
  | 'delete';

/** A request as rules and oracles see it. */
export interface Asked {
  verb: Verb;
  /** Plural of the kind; empty for paths that are no objects. */
  resource: string;
  subresource?: string;
  namespace?: string;
  name?: string;
  query: URLSearchParams;
  /** Client of the request, as in `FaultProxy.kubeconfigFor`. */
  client?: string;
}

/** A request that went through the proxy, or did not. */
export interface Passage extends Asked {
  /** Milliseconds on this process's clock (`performance.now`). */
  at: number;
  /** When the API server's answer began, on the same clock. */
  done?: number;
  /** Version of HTTP that the client spoke, as `2.0`. */
  protocol?: string;
  /** Of writes of leases: who holds the lease after it. */
  holder?: string;
  /** HTTP status that the API server gave; absent when it was never asked or did not answer. */
  status?: number;
  /** The fault that was put on it. */
  fault?: string;
}

const writing: ReadonlySet<Verb> = new Set([
  'create',
  'update',
  'patch',
  'delete',
]);

/** Whether a request changes something. */
export function isWrite({ verb }: Asked): boolean {
  return writing.has(verb);
}

/** Whether a write was carried out. */
export function isCommitted(passage: Passage): boolean {
  return isWrite(passage) && (passage.status ?? 500) < 300;
}

/** `resource namespace/name`, for messages and for counting. */
export function identityOf({ resource, namespace, name }: Asked): string {
  return `${resource} ${namespace ? `${namespace}/` : ''}${name ?? ''}`;
}

/** Whether a watch begins with a list (KEP-3157). */
export function isStreamedList({ query }: Asked): boolean {
  return query.has('sendInitialEvents');
}

/** Whether everything of a kind is read, in one piece or the first of several. */
export function isFullList(asked: Asked): boolean {
  return (
    isStreamedList(asked) ||
    (asked.verb === 'list' && !asked.query.has('continue'))
  );
}
