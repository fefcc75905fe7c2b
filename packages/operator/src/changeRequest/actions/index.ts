import type { ChangeRequest } from '@bailiwick/backstage-plugin-bailiwick-common';
import { RequestFailedError } from '../RequestFailedError';
import type { Action } from './Action';
import { changeTenant } from './changeTenant';
import { createTenant } from './createTenant';
import { offboardTenant } from './offboardTenant';

export type { Outcome, Work } from './Action';
export { goneTenant } from './presentTenant';

const actions: Partial<Record<ChangeRequest['spec']['action'], Action>> = {
  create: createTenant,
  changePlan: changeTenant('changePlan'),
  setEnvironments: changeTenant('setEnvironments'),
  setMembers: changeTenant('setMembers'),
  renew: changeTenant('renew'),
  transfer: changeTenant('transfer'),
  offboard: offboardTenant,
  cordon: changeTenant('cordon'),
  uncordon: changeTenant('uncordon'),
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
