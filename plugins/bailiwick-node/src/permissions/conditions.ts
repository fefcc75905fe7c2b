import { createConditionExports } from '@backstage/plugin-permission-node';
import {
  appResourceRef,
  environmentResourceRef,
  requestResourceRef,
  tenantResourceRef,
} from './resources';
import { appRules, environmentRules, requestRules, tenantRules } from './rules';

/**
 * Conditions and decisions for policies, by what they are about. A policy of a portal's own uses
 * them like this:
 *
 * ```ts
 * onTenants.createConditionalDecision(
 *   permission,
 *   onTenants.conditions.isTenantOwner({ claims: user.info.ownershipEntityRefs }),
 * );
 * ```
 */
const tenants = createConditionExports({
  resourceRef: tenantResourceRef,
  rules: tenantRules,
});
const environments = createConditionExports({
  resourceRef: environmentResourceRef,
  rules: environmentRules,
});
const requests = createConditionExports({
  resourceRef: requestResourceRef,
  rules: requestRules,
});
const apps = createConditionExports({
  resourceRef: appResourceRef,
  rules: appRules,
});

/** Conditions by what they are about. */
export const conditionsOn = { tenants, environments, requests, apps };
