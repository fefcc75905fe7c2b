import type { App } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { TooManyCallsError } from '../errors';
import type { Target } from '../login';

/** Where is told how often apps may be called. */
export interface QuotaDirectory {
  /** Calls a minute of one app in one environment, `undefined` for any number. */
  callsPerMinute(app: App): number | undefined;
}

const seconds = 60;

/** Counts the calls of each app and environment, and refuses those above what its pack allows. */
export class CallQuota {
  readonly #limiters = new Map<number, RateLimiterMemory>();
  readonly #quotas: QuotaDirectory;

  constructor(quotas: QuotaDirectory) {
    this.#quotas = quotas;
  }

  /** Counts a call. @throws TooManyCallsError that says when there is room again */
  async take(app: App, { environment, tenant }: Target): Promise<void> {
    const points = this.#quotas.callsPerMinute(app);
    if (points === undefined) return;
    const { name } = app.metadata;
    try {
      await this.#limiter(points).consume(`${tenant}/${environment}/${name}`);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      const retryAfter = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
      throw new TooManyCallsError(
        `${name} has a rate limit of ${points} calls/min in ${environment}; retry in ${retryAfter} s, or request more rows per call`,
        { retryAfter, fields: { limit: points } },
      );
    }
  }

  #limiter(points: number): RateLimiterMemory {
    const known = this.#limiters.get(points);
    if (known) return known;
    const limiter = new RateLimiterMemory({ points, duration: seconds });
    this.#limiters.set(points, limiter);
    return limiter;
  }
}
