import type {
  ChangeRequest,
  TenantSpec,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import type { Scope } from '../../scope';
import type { RequestFacts } from '../gatherFacts';

/** A request and what is known about it. */
export interface Work {
  request: ChangeRequest;
  facts: RequestFacts;
  now: Date;
  signal: AbortSignal;
}

/** One kind of change that a request may ask for. */
export interface Action {
  /**
   * The spec that the tenant would have.
   *
   * @throws RequestFailedError when that cannot be
   */
  plan(work: Work): TenantSpec;
  /**
   * Makes it so; may be called again after it was interrupted.
   *
   * @returns a sentence that says what was done
   * @throws RequestFailedError, KubeApiError
   */
  carryOut(work: Work, scope: Scope): Promise<string>;
}
