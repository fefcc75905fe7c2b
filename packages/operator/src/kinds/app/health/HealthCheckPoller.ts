import { toInstant, type Pod } from '@bailiwick/backstage-kube-controller';
import {
  ownAnswersSchema,
  type AppCheckStatus,
  type Contract,
  type OwnAnswers,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import type { HealthReport } from './HealthReport';

/** Milliseconds for which an answer holds; shorter while something is wrong, so that its end is seen soon. */
const intervals = { passing: 60_000, failing: 15_000 };
/** Milliseconds of silence after which what a pod said last is worth nothing any more. */
const staleAfter = 300_000;
/** Characters of a message that are kept. */
const maxMessageLength = 500;

type Answer = OwnAnswers['checks'];

const states = {
  passed: 'Passed',
  failed: 'Failed',
  unknown: 'Unknown',
} as const;

/** What an environment's own checks say. */
export interface HealthCheckState {
  checks?: AppCheckStatus[];
  /** What a failed check makes of the environment. */
  report?: HealthReport;
  /** Milliseconds after which to ask again. */
  recheckAfter?: number;
}

interface CachedAnswer {
  /** When to ask again, milliseconds on this process's clock. */
  until: number;
  answer?: Answer;
  /** Since when it does not answer. */
  silentSince?: number;
}

/** Asks pods for their own checks, at intervals: each question makes them, which costs the app. */
export class HealthCheckPoller {
  readonly #ask: (pod: Pod, signal: AbortSignal) => Promise<unknown>;
  readonly #cache = new Map<string, CachedAnswer>();

  constructor(ask: (pod: Pod, signal: AbortSignal) => Promise<unknown>) {
    this.#ask = ask;
  }

  /**
   * How the checks of a contract ended in a pod.
   *
   * @param previous - how they ended before with the same code; kept while the pod does not answer, for some minutes
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
      const message = found?.message ?? 'The pod does not answer.';
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
          next: remedy ?? 'Look at the checks of the app.',
        },
      }),
      recheckAfter: Math.max(1000, until - performance.now()),
    };
  }

  /** Forgets a pod that is gone. */
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
