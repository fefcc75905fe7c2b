import type { Grant } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { GatewayError } from './GatewayError';

/** Several grants have the same token, so its scope is unknown. */
export class AmbiguousTokenError extends GatewayError {
  readonly type = 'not-logged-in';
  readonly status = 401;
  /** The grants as `<namespace>/<name>`; for the log, never for the answer. */
  readonly grants: string[];

  constructor(grants: Grant[]) {
    super(
      "This token is ambiguous; create a new token on the app's Get data tab",
    );
    this.grants = grants.map(
      ({ metadata }) => `${metadata.namespace}/${metadata.name}`,
    );
  }
}
