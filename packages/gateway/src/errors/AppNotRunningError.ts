import { GatewayError } from './GatewayError';

/** Nothing answers for the app at the moment. */
export class AppNotRunningError extends GatewayError {
  readonly type = 'app-not-running';
  readonly status = 503;
}
