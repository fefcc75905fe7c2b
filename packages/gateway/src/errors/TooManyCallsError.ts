import { GatewayError } from './GatewayError';

/** The app was called as often as its pack allows. */
export class TooManyCallsError extends GatewayError {
  readonly type = 'too-many-calls';
  readonly status = 429;
}
