import type { Grant } from '../../kinds';

/** Days that a grant can last; the policy `bailiwick-grants` has the same number. */
const longestDays = 366;
const dayMs = 86_400_000;

/**
 * Whose a token is among the grants that hold its hash: the oldest one's, as whoever makes another one has copied the hash.
 *
 * @returns one grant, none for none, and several when they were made in the same second: nobody knows which one is first
 */
export function oldestGrants(grants: Grant[]): Grant[] {
  const first = Math.min(...grants.map(createdAt));
  return grants.filter(grant => createdAt(grant) === first);
}

/** When a grant ends: when it says so, but not later than a grant can last. Earlier versions let in longer ones. */
export function grantEnd(grant: Grant): Date {
  const end = Date.parse(grant.spec.expiresAt);
  const latest = createdAt(grant) + longestDays * dayMs;
  return new Date(Math.min(end, latest));
}

/** In milliseconds; the API server gives whole seconds. */
function createdAt({ metadata }: Grant): number {
  return metadata.creationTimestamp
    ? Date.parse(metadata.creationTimestamp)
    : Infinity;
}
