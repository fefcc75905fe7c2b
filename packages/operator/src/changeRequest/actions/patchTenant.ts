import {
  tenantKind,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { fieldManager } from '../../names';
import { proposedSpec } from '../proposedSpec';
import { RequestFailedError } from '../RequestFailedError';
import type { Action } from './Action';

/**
 * A change of one field of an existing tenant.
 *
 * @param field - the field of the spec, and of `proposed`
 * @param done - says what was done
 */
export function patchTenant(
  field: 'plan' | 'environments' | 'expiresAt',
  done: (tenant: string) => string,
): Action {
  const action: Action = {
    plan({ request, facts, now }) {
      const { target, proposed } = request.spec;
      if (!facts.tenant || facts.tenant.metadata.deletionTimestamp) {
        throw new RequestFailedError(`There is no tenant "${target.name}"`);
      }
      if (proposed[field] === undefined) {
        throw new RequestFailedError(
          `The request does not say the new ${field}`,
        );
      }
      const others = Object.keys(proposed).filter(key => key !== field);
      if (others.length > 0) {
        throw new RequestFailedError(
          `The action "${
            request.spec.action
          }" changes only ${field}; leave out ${others.join(', ')}`,
        );
      }
      const spec = { ...facts.tenant.spec, [field]: proposed[field] };
      return proposedSpec(target.name, spec, facts.plan, now);
    },

    async carryOut(work, { client }) {
      const { name } = work.request.spec.target;
      const spec = action.plan(work);
      await client
        .resource<Tenant>(tenantKind)
        .patch(
          name,
          { spec: { [field]: spec[field] } },
          { fieldManager, signal: work.signal },
        );
      return done(name);
    },
  };
  return action;
}
