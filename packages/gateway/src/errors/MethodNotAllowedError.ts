import { GatewayError } from './GatewayError';

/** The address exists, but not for this method. */
export class MethodNotAllowedError extends GatewayError {
  readonly type = 'method-not-allowed';
  readonly status = 405;

  /** The methods that the address is for. */
  readonly allowed: string[];

  constructor(method: string, allowed: string[]) {
    super(`${method} is not supported; use ${allowed.join(' or ')}`);
    this.allowed = allowed;
  }
}
