import { toInstant } from '@bailiwick/backstage-kube-controller';
import {
  durationToMilliseconds,
  type Plan,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common';

/** A tenant, or one of its environments, that has ended. */
export interface End {
  /** Since when it is suspended, RFC 3339. */
  suspendedAt: string;
  /** When its grace period is over; absent while nobody knows how long that is. */
  removedAt?: Date;
}

/** Where a tenant and its environments are in their lives. */
export interface Expiry {
  /** Absent while the tenant lives. */
  end?: End;
  /** Environments that have ended, by name. */
  ends: Map<string, End>;
}

/**
 * Where a tenant is in its life at a time. The grace period begins when it was suspended, so that
 * nothing is removed without it, also after the operator did not run for long.
 *
 * @param plan - says how long the grace period is; without it nothing is removed
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
    // A suspension from before this end is that of an earlier one.
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

/** Whether the grace period of something that ended is over. */
export function isGraceOver(end: End | undefined, now: Date): boolean {
  return end?.removedAt !== undefined && end.removedAt <= now;
}

/** Whole seconds since 1970, which is what statuses hold. */
function seconds(instant: string): number {
  return Math.floor(Date.parse(instant) / 1000);
}

function graceEnd(suspendedAt: string, { spec }: Plan): Date {
  const grace = durationToMilliseconds(spec.gracePeriod);
  return new Date(Date.parse(suspendedAt) + grace);
}
