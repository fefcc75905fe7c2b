import {
  AppNotRunningError,
  AppRefusedError,
  AppTooSlowError,
  InvalidResultError,
} from '../errors';

/** Who has to act on an error of the server: the owners of an app, or the platform team. */
export type Fault = 'app' | 'platform';

/** Returns whose fault an error is, so that code of tenants does not count against the platform. */
export function faultOf(failure: Error | undefined): Fault {
  const isOfApp =
    failure instanceof AppNotRunningError ||
    failure instanceof AppRefusedError ||
    failure instanceof AppTooSlowError ||
    failure instanceof InvalidResultError;
  return isOfApp ? 'app' : 'platform';
}
