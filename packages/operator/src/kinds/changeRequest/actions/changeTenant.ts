import {
  ignoreNotFound,
  isConflict,
} from '@bailiwick/backstage-kube-controller';
import {
  labels,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Caches } from '../../../cache';
import { fieldManager } from '../../../names';
import type { Action, Work } from './Action';
import type { Change, TenantWork } from './Change';
import { changes, refuseNoChange } from './changes';
import { existingTenant } from './existingTenant';
import { checkSpec, proposalOf } from './proposedSpec';

/** Maximum attempts after conflicts with concurrent writers. */
const attempts = 5;

/** Returns the action that changes an existing tenant. */
export function changeTenant<A extends keyof typeof changes>(
  action: A,
): Action {
  const read = (work: Work): { about: TenantWork; change: Change } => {
    const { name, spec: present } = existingTenant(work);
    const about: TenantWork = { ...work, name, spec: present };
    const change = changes[action](proposalOf(action, work.request), about);
    checkSpec(name, withPatch(present, change));
    return { about, change };
  };

  return {
    check(work) {
      const { about, change } = read(work);
      refuseNoChange(change, about);
      return change.before;
    },

    async carryOut(work, { caches }) {
      const { signal } = work;
      const tenants = caches.tenants.resource;
      const { name } = work.request.spec.target;
      let { tenant } = work.facts;
      for (let attempt = 1; ; attempt += 1) {
        // The check and the patch use the same version of the tenant; after a conflict, both are
        // repeated.
        const facts = { ...work.facts, tenant };
        const { change } = read({ ...work, facts });
        try {
          await tenants.patch(
            name,
            { spec: change.patch },
            {
              fieldManager,
              resourceVersion: tenant?.metadata.resourceVersion,
              signal,
            },
          );
          if (action !== 'cordon' || isClosed(caches, name))
            return { done: change.done };
          return {
            waitsFor: `Removing access of the members of ${name} to its namespaces`,
            milliseconds: 500,
          };
        } catch (error) {
          if (!isConflict(error) || attempt === attempts) throw error;
          tenant = await tenants.get(name, { signal }).catch(ignoreNotFound);
        }
      }
    },
  };
}

/** Whether all namespaces of a tenant have the label that the cordon's policy selects. */
function isClosed({ namespaces }: Caches, tenant: string): boolean {
  return namespaces
    .index('tenant', tenant)
    .every(({ metadata }) => metadata.labels?.[labels.cordoned] === 'true');
}

function withPatch(spec: Tenant['spec'], { patch }: Change): unknown {
  return Object.fromEntries(
    Object.entries({ ...spec, ...patch }).filter(([, value]) => value !== null),
  );
}
