import type { ChangeRequest } from '@bailiwick/backstage-plugin-bailiwick-common';
import type { Placement } from '../../../placement';
import type { RequestFacts } from '../facts';

/** A request and what is known about it. */
export interface Work {
  request: ChangeRequest;
  facts: RequestFacts;
  now: Date;
  signal: AbortSignal;
}

/** What came of carrying a request out. */
export type Outcome =
  /** It is done; a sentence that says what was done. */
  | { done: string }
  /** A part is done; what to remember of it before going on. */
  | { remember: Partial<NonNullable<ChangeRequest['status']>> }
  /** It goes on when something else has happened; a sentence that says what. */
  | { waitsFor: string; milliseconds?: number };

/** One kind of change that a request may ask for. */
export interface Action {
  /**
   * Checks a request before somebody decides about it.
   *
   * @returns what the change replaces, in the shape of `proposed`; `undefined` for nothing
   * @throws RequestFailedError when it cannot be carried out
   */
  check(work: Work): Record<string, unknown> | undefined;
  /**
   * Makes it so; may be called again after it was interrupted.
   *
   * @throws RequestFailedError, KubeApiError
   */
  carryOut(work: Work, placement: Placement): Promise<Outcome>;
}
