import { GatewayError } from './GatewayError';

/** The app did not answer in time. */
export class AppTooSlowError extends GatewayError {
  readonly type = 'app-too-slow';
  readonly status = 504;
}
