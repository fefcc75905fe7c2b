import { toInstant } from '@bailiwick/backstage-kube-controller';
import {
  durationToMilliseconds,
  type Plan,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

/** End of a tenant or of one of its environments, in the past. */
export interface End {
  /** Since when it is suspended, RFC 3339. */
  suspendedAt: string;
  /** End of the grace period; absent when the plan is unknown. */
  removedAt?: Date;
}

/** Expired parts of a tenant. */
export interface Expiry {
  /** Absent before the end of the tenant. */
  end?: End;
  /** Environments that have ended, by name. */
  ends: Map<string, End>;
}

/**
 * Returns the expired parts of a tenant at a time. The grace period starts with the suspension, so that it is granted
 * in full even if the operator was not running.
 *
 * @param plan - defines the grace period; without it nothing is removed
 */
export function expiryOf(
  { spec, status }: Pick<Tenant, 'spec' | 'status'>,
  plan: Plan | undefined,
  now: Date,
): Expiry {
  const endOf = (
    expiresAt: string | undefined,
    since: string | undefined,
  ): End | undefined => {
    if (!expiresAt || Date.parse(expiresAt) > now.getTime()) return undefined;
    // A suspension before this end belongs to an earlier end.
    const suspendedAt =
      since && seconds(since) >= seconds(expiresAt) ? since : toInstant(now);
    return {
      suspendedAt,
      ...(plan && { removedAt: graceEnd(suspendedAt, plan) }),
    };
  };
  const ends = spec.environments.flatMap(({ expiresAt, name }) => {
    const found = status?.environments?.find(one => one.name === name);
    const end = endOf(expiresAt, found?.suspendedAt);
    return end ? [[name, end] as const] : [];
  });
  const end = endOf(spec.expiresAt, status?.suspendedAt);
  return { ...(end && { end }), ends: new Map(ends) };
}

/** Whether a grace period is over. */
export function isGraceOver(end: End | undefined, now: Date): boolean {
  return end?.removedAt !== undefined && end.removedAt <= now;
}

/** Seconds since the epoch, the resolution of statuses. */
function seconds(instant: string): number {
  return Math.floor(Date.parse(instant) / 1000);
}

function graceEnd(suspendedAt: string, { spec }: Plan): Date {
  const grace = durationToMilliseconds(spec.gracePeriod);
  return new Date(Date.parse(suspendedAt) + grace);
}
