import type {
  App,
  Grant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { TooManyCallsError } from '../errors';
import type { Target } from '../login';
import type { UsageRecorder } from '../usage';

/** Source of the rate limits of packs. */
export interface QuotaDirectory {
  /** Maximum calls per minute of an app in one environment; `undefined` if unlimited. */
  callsPerMinute(app: App): number | undefined;
}

const seconds = 60;

/** Counts calls per app and environment, and per grant, and rejects those above the limits of pack and grant. */
export class CallQuota {
  readonly #limiters = new Map<number, RateLimiterMemory>();
  readonly #quotas: QuotaDirectory;
  readonly #usage: Pick<UsageRecorder, 'callsOn'>;

  constructor(quotas: QuotaDirectory, usage: Pick<UsageRecorder, 'callsOn'>) {
    this.#quotas = quotas;
    this.#usage = usage;
  }

  /**
   * Counts a call. A call that the grant does not allow does not count for the app.
   *
   * @throws TooManyCallsError with the time of the next possible call
   */
  async take(
    app: App,
    { environment, tenant }: Target,
    grant: Grant,
    now: Date = new Date(),
  ): Promise<void> {
    const { callsPerDay, callsPerMinute } = grant.spec.limits ?? {};
    if (callsPerDay !== undefined) this.#requireDay(grant, callsPerDay, now);
    await this.#consume(
      callsPerMinute,
      `grant/${grant.metadata.uid}`,
      'This token',
      '',
    );
    const { name } = app.metadata;
    await this.#consume(
      this.#quotas.callsPerMinute(app),
      `app/${tenant}/${environment}/${name}`,
      name,
      ` in ${environment}`,
    );
  }

  #requireDay(grant: Grant, limit: number, now: Date): void {
    if (this.#usage.callsOn(grant, now) < limit) return;
    const midnight = new Date(now).setUTCHours(24, 0, 0, 0);
    const retryAfter = Math.ceil((midnight - now.getTime()) / 1_000);
    throw new TooManyCallsError(
      `This token has used its ${limit} calls a day; wait until midnight UTC, or use a token with a higher limit`,
      { retryAfter, fields: { limit } },
    );
  }

  async #consume(
    points: number | undefined,
    key: string,
    subject: string,
    place: string,
  ): Promise<void> {
    if (points === undefined) return;
    try {
      await this.#limiter(points).consume(key);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      const retryAfter = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
      throw new TooManyCallsError(
        `${subject} has a rate limit of ${points} calls/min${place}; retry in ${retryAfter} s, or request more rows per call`,
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
