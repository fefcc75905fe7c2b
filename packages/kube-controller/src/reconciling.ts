import { AsyncLocalStorage } from 'node:async_hooks';

/** The reconciliation to which code belongs. @public */
export interface Reconciling {
  controller: string;
  key: string;
  /** Aborts when the reconciliation exceeds its time limit or must stop. */
  signal: AbortSignal;
}

/**
 * Context of code within a reconciliation. Requests are aborted with it even without its signal,
 * and its own writes do not trigger its key again.
 *
 * @public
 */
export const reconciling = new AsyncLocalStorage<Reconciling>();
