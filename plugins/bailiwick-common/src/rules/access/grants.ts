import type { Grant } from '../../kinds';

/** Maximum days of a grant; same as in the policy `bailiwick-grants`. */
const longestDays = 366;
const dayMs = 86_400_000;

/** A grant with or without the hash of its token. @public */
export type AnyGrant = Pick<Grant, 'metadata'> & {
  spec: Pick<Grant['spec'], 'client' | 'expiresAt'>;
  status?: Pick<NonNullable<Grant['status']>, 'suspendedAt'>;
};

/**
 * Returns the oldest of the grants with the same token hash, because later ones are copies.
 *
 * @returns one grant, none for none, and several if they were created in the same second, so that the order is
 * unknown
 * @public
 */
export function oldestGrants(grants: Grant[]): Grant[] {
  const first = Math.min(...grants.map(createdAt));
  return grants.filter(grant => createdAt(grant) === first);
}

/**
 * Returns the end of a grant: its expiry, but at most the maximum duration. Earlier versions accepted longer ones. A grant
 * whose subject has left ended when the portal noticed.
 *
 * @public
 */
export function grantEnd(grant: AnyGrant): Date {
  const end = Date.parse(grant.spec.expiresAt);
  const latest = createdAt(grant) + longestDays * dayMs;
  const { suspendedAt } = grant.status ?? {};
  const suspended = suspendedAt ? Date.parse(suspendedAt) : Infinity;
  return new Date(Math.min(end, latest, suspended));
}

/**
 * Whether a reader has results from a grant. Git access, downloads of the portal and expired grants do not count.
 *
 * @param now - milliseconds since 1970
 * @public
 */
export function isReaderGrant(grant: AnyGrant, now: number): boolean {
  return (
    !['git', 'portal'].includes(grant.spec.client) &&
    grantEnd(grant).getTime() > now
  );
}

/** Returns milliseconds since 1970; the API server reports whole seconds. */
function createdAt({ metadata }: AnyGrant): number {
  return metadata.creationTimestamp
    ? Date.parse(metadata.creationTimestamp)
    : Infinity;
}
