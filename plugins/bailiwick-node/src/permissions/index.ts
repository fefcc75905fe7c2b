export { conditionsOn } from './conditions';
export {
  appResourceRef,
  environmentResourceRef,
  requestResourceRef,
  tenantResourceRef,
  type AppResource,
  type EnvironmentResource,
  type InTenant,
  type RequestResource,
} from './resources';
export { appRules, environmentRules, requestRules, tenantRules } from './rules';
