import { createConditionExports } from '@backstage/plugin-permission-node';
import {
  appResourceRef,
  environmentResourceRef,
  requestResourceRef,
  tenantResourceRef,
} from './resources';
import { appRules, environmentRules, requestRules, tenantRules } from './rules';

/**
 * Conditions and decisions for policies, by resource type. A portal's own policy uses them as follows:
 *
 * ```ts
 * const { tenants } = conditionsOn;
 * tenants.createConditionalDecision(
 *   permission,
 *   tenants.conditions.isTenantOwner({ claims: user.info.ownershipEntityRefs }),
 * );
 * ```
 *
 * @public
 */
export const conditionsOn = {
  tenants: createConditionExports({
    resourceRef: tenantResourceRef,
    rules: tenantRules,
  }),
  environments: createConditionExports({
    resourceRef: environmentResourceRef,
    rules: environmentRules,
  }),
  requests: createConditionExports({
    resourceRef: requestResourceRef,
    rules: requestRules,
  }),
  apps: createConditionExports({
    resourceRef: appResourceRef,
    rules: appRules,
  }),
};
