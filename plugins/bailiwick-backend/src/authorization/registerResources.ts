import type { PermissionsRegistryService } from '@backstage/backend-plugin-api';
import {
  appResourceType,
  bailiwickPermissions,
  environmentResourceType,
  requestResourceType,
  tenantResourceType,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import {
  appResourceRef,
  appRules,
  environmentResourceRef,
  environmentRules,
  requestResourceRef,
  requestRules,
  tenantResourceRef,
  tenantRules,
} from '@bailiwick/backstage-plugin-bailiwick-node';
import type { Resources } from './Resources';

/** Registers the permissions, and the rules with which a policy can grant them. */
export function registerResources(
  registry: PermissionsRegistryService,
  resources: Resources,
): void {
  const about = (resourceType?: string) =>
    bailiwickPermissions.filter(
      permission =>
        ('resourceType' in permission ? permission.resourceType : undefined) ===
        resourceType,
    );
  registry.addPermissions(about());
  registry.addResourceType({
    resourceRef: tenantResourceRef,
    permissions: about(tenantResourceType),
    rules: Object.values(tenantRules),
    getResources: async refs => refs.map(name => resources.tenant(name)),
  });
  registry.addResourceType({
    resourceRef: environmentResourceRef,
    permissions: about(environmentResourceType),
    rules: Object.values(environmentRules),
    getResources: async refs =>
      refs.map(ref => resources.environment(...pair(ref))),
  });
  registry.addResourceType({
    resourceRef: requestResourceRef,
    permissions: about(requestResourceType),
    rules: Object.values(requestRules),
    getResources: async refs => refs.map(name => resources.findRequest(name)),
  });
  registry.addResourceType({
    resourceRef: appResourceRef,
    permissions: about(appResourceType),
    rules: Object.values(appRules),
    getResources: async refs =>
      refs.map(ref => resources.findApp(...pair(ref))),
  });
}

function pair(reference: string): [string, string] {
  const [tenant = '', name = ''] = reference.split('/');
  return [tenant, name];
}
