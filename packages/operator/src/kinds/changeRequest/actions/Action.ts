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
  /** Done; a sentence that says what was done. */
  | { done: string }
  /** Partly done; what to record in the status before the next step. */
  | { remember: Partial<NonNullable<ChangeRequest['status']>> }
  /** In progress; a sentence that says what it waits for. */
  | { waitsFor: string; milliseconds?: number };

/** One kind of change that a request can ask for. */
export interface Action {
  /**
   * Checks a request before it is decided.
   *
   * @returns what the change replaces, in the shape of `proposed`; `undefined` for nothing
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
