import type { TenantSpec } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Work } from './Action';

/** Effect of an action on a tenant. */
export interface Change {
  /** Changed fields of the spec; `null` removes one. */
  patch: { [Field in keyof TenantSpec]?: TenantSpec[Field] | null };
  /** Replaced values, in the shape of the proposal. */
  before?: Record<string, unknown>;
  /** Sentence with the result. */
  done: string;
}

/** A request about an existing tenant. */
export interface TenantWork extends Work {
  name: string;
  spec: TenantSpec;
}
