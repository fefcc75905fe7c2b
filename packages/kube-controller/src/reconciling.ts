import { AsyncLocalStorage } from 'node:async_hooks';

/** The reconciliation in which code runs. */
export interface Reconciling {
  controller: string;
  key: string;
  /** Aborts when the reconciliation takes too long or must stop. */
  signal: AbortSignal;
}

/**
 * Tells code that runs within a reconciliation so. Requests end with it although nobody passed its
 * signal on, and what it writes does not call its own key again.
 */
export const reconciling = new AsyncLocalStorage<Reconciling>();
