import { toInstant, type Pod } from '@bailiwick/backstage-kube-controller';
import {
  ownAnswersSchema,
  type AppCheckStatus,
  type Contract,
  type OwnAnswers,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { HealthReport } from './HealthReport';

/**
 * Milliseconds between polls; shorter while a check fails, so that its recovery is noticed soon.
 */
const intervals = { passing: 60_000, failing: 15_000 };
/** Milliseconds without a response after which the last results are discarded. */
const staleAfter = 300_000;
/** Maximum length of a message. */
const maxMessageLength = 500;

type Answer = OwnAnswers['checks'];

const states = {
  passed: 'Passed',
  failed: 'Failed',
  unknown: 'Unknown',
} as const;

/** Results of the health checks of an app in an environment. */
export interface HealthCheckState {
  checks?: AppCheckStatus[];
  /** Health of the environment when a check failed. */
  report?: HealthReport;
  /** Milliseconds until the next poll. */
  recheckAfter?: number;
}

interface CachedAnswer {
  /** Time of the next poll, milliseconds of `performance.now()`. */
  until: number;
  answer?: Answer;
  /** Since when the pod does not respond, milliseconds of `performance.now()`. */
  silentSince?: number;
}

/** Polls pods for the results of their health checks; each poll runs the checks. */
export class HealthCheckPoller {
  readonly #ask: (pod: Pod, signal: AbortSignal) => Promise<unknown>;
  readonly #cache = new Map<string, CachedAnswer>();

  constructor(ask: (pod: Pod, signal: AbortSignal) => Promise<unknown>) {
    this.#ask = ask;
  }

  /**
   * Returns the results of the health checks in a contract.
   *
   * @param previous - results of the same code; kept for some minutes while the pod does not
   * respond
   */
  async poll(
    pod: Pod,
    { checks: known = [] }: Contract,
    previous: readonly AppCheckStatus[] = [],
    now: Date,
    signal: AbortSignal,
  ): Promise<HealthCheckState> {
    if (known.length === 0) return {};
    const { answer, silentSince, until } = await this.#answerOf(pod, signal);
    const isLong = performance.now() - (silentSince ?? Infinity) > staleAfter;
    const checks = known.map(({ name }): AppCheckStatus => {
      const before = previous.find(one => one.name === name);
      const found = answer?.find(one => one.name === name);
      if (!found && before && !isLong) return before;
      const state = found ? states[found.state] : 'Unknown';
      const message = found?.message ?? 'The pod is not responding.';
      return {
        name,
        state,
        message: message.slice(0, maxMessageLength),
        since: before?.state === state ? before.since : toInstant(now),
      };
    });
    const wrong = checks.find(({ state }) => state === 'Failed');
    const remedy = known.find(({ name }) => name === wrong?.name)?.remedy;
    return {
      checks,
      ...(wrong && {
        report: {
          health: 'Degraded',
          why: wrong.message,
          next: remedy ?? 'See the health checks of the app.',
        },
      }),
      recheckAfter: Math.max(1000, until - performance.now()),
    };
  }

  /** Forgets a deleted pod. */
  forget({ metadata: { uid = '' } }: Pod): void {
    this.#cache.delete(uid);
  }

  async #answerOf(pod: Pod, signal: AbortSignal) {
    const { uid = '' } = pod.metadata;
    const kept = this.#cache.get(uid);
    if (kept && kept.until > performance.now()) return kept;
    const said = await this.#ask(pod, signal).catch(() => undefined);
    const answer = ownAnswersSchema.safeParse(said).data?.checks;
    const isCalm = answer?.every(({ state }) => state === 'passed');
    const wait = isCalm ? intervals.passing : intervals.failing;
    const fresh: CachedAnswer = {
      answer,
      until: performance.now() + wait,
      ...(!answer && { silentSince: kept?.silentSince ?? performance.now() }),
    };
    this.#cache.set(uid, fresh);
    return fresh;
  }
}
