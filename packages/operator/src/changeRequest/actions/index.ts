import type { ChangeRequest } from '@bailiwick/backstage-plugin-bailiwick-common';
import { RequestFailedError } from '../RequestFailedError';
import type { Action } from './Action';
import { createTenant } from './createTenant';
import { patchTenant } from './patchTenant';

export type { Work } from './Action';

const actions: Partial<Record<ChangeRequest['spec']['action'], Action>> = {
  create: createTenant,
  changePlan: patchTenant(
    'plan',
    tenant => `The tenant ${tenant} has the new plan`,
  ),
  setEnvironments: patchTenant(
    'environments',
    tenant => `The tenant ${tenant} has the new environments`,
  ),
  renew: patchTenant('expiresAt', tenant => `The tenant ${tenant} was renewed`),
};

/** What carries a request out. @throws RequestFailedError when nothing can */
export function actionOf({ spec }: ChangeRequest): Action {
  const action =
    spec.target.kind === 'Tenant' ? actions[spec.action] : undefined;
  if (!action) {
    throw new RequestFailedError(
      `The action "${spec.action}" on a ${spec.target.kind} is not available yet`,
    );
  }
  return action;
}
