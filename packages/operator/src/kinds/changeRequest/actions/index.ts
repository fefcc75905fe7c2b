import type { ChangeRequest } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Action } from './Action';
import { changeTenant } from './changeTenant';
import { createTenant } from './createTenant';
import { grantAccess } from './grantAccess';
import { offboardTenant } from './offboardTenant';
import { promoteApp } from './promoteApp';

export type { Outcome, Work } from './Action';
export { tenantNotFound } from './existingTenant';
export { ActionFailedError } from './ActionFailedError';

const actions: Record<ChangeRequest['spec']['action'], Action> = {
  create: createTenant,
  changePlan: changeTenant('changePlan'),
  setEnvironments: changeTenant('setEnvironments'),
  setMembers: changeTenant('setMembers'),
  renew: changeTenant('renew'),
  transfer: changeTenant('transfer'),
  offboard: offboardTenant,
  cordon: changeTenant('cordon'),
  uncordon: changeTenant('uncordon'),
  promote: promoteApp,
  grantAccess,
};

/** Returns the action of a request. */
export function actionOf({ spec }: ChangeRequest): Action {
  return actions[spec.action];
}
