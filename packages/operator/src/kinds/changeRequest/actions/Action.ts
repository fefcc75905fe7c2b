import type { ChangeRequest } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Placement } from '../../../placement';
import type { RequestFacts } from '../facts';

/** A request with the facts about it. */
export interface Work {
  request: ChangeRequest;
  facts: RequestFacts;
  now: Date;
  signal: AbortSignal;
}

/** Outcome of carrying out a request. */
export type Outcome =
  /** Done; a sentence with the result. */
  | { done: string }
  /** Partly done; the state to record before the next step. */
  | { remember: Partial<NonNullable<ChangeRequest['status']>> }
  /** In progress; a sentence with the reason. */
  | { waitsFor: string; milliseconds?: number };

/** One kind of change that a request can ask for. */
export interface Action {
  /**
   * Checks a request before its decision.
   *
   * @returns the replaced values, in the shape of `proposed`; `undefined` if there are none
   * @throws ActionFailedError when it cannot be carried out
   */
  check(work: Work): Record<string, unknown> | undefined;
  /**
   * Carries out the request; idempotent, as it may be interrupted and called again.
   *
   * @throws ActionFailedError, KubeApiError
   */
  carryOut(work: Work, placement: Placement): Promise<Outcome>;
}
