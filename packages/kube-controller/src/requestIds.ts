import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Identifier of the request that code works for, at most 64 characters. Requests to API servers carry it: as `Audit-ID` into
 * their audit logs (audit.k8s.io/v1), and as `X-Request-Id` to pods behind them.
 *
 * @public
 */
export const requestIds = new AsyncLocalStorage<string>();
