import { GatewayError } from './GatewayError';

/** The app did not answer, or not as it should. */
export class AppUnreachableError extends GatewayError {
  readonly type = 'app-unreachable';
  readonly status = 502;
}
