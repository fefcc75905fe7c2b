import { GatewayError } from './GatewayError';

/** A grant or the gateway has as many open streams as allowed. */
export class TooManyStreamsError extends GatewayError {
  readonly type = 'too-many-streams';
  readonly status = 429;
}
