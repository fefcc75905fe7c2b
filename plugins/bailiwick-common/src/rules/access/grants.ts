import type { Grant } from '../../kinds';

/** Maximum days of a grant; same as in the policy `bailiwick-grants`. */
const longestDays = 366;
const dayMs = 86_400_000;

/**
 * Returns the oldest of the grants with the same token hash, because later ones are copies.
 *
 * @returns one grant, none for none, and several if they were created in the same second, so that the order is
 * unknown
 */
export function oldestGrants(grants: Grant[]): Grant[] {
  const first = Math.min(...grants.map(createdAt));
  return grants.filter(grant => createdAt(grant) === first);
}

/**
 * Returns the end of a grant: its expiry, but at most the maximum duration. Earlier versions accepted longer ones.
 */
export function grantEnd(grant: Grant): Date {
  const end = Date.parse(grant.spec.expiresAt);
  const latest = createdAt(grant) + longestDays * dayMs;
  return new Date(Math.min(end, latest));
}

/** Returns milliseconds since 1970; the API server reports whole seconds. */
function createdAt({ metadata }: Grant): number {
  return metadata.creationTimestamp
    ? Date.parse(metadata.creationTimestamp)
    : Infinity;
}
