import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { readPlatformGroup } from '@bailiwick/backstage-plugin-bailiwick-node';
import { BailiwickPolicy } from './BailiwickPolicy';

/** Permission module `bailiwick`: the portal's policy. @public */
export const permissionModuleBailiwick = createBackendModule({
  pluginId: 'permission',
  moduleId: 'bailiwick',
  register(env) {
    env.registerInit({
      deps: { config: coreServices.rootConfig, policy: policyExtensionPoint },
      async init({ config, policy }) {
        policy.setPolicy(
          new BailiwickPolicy({ platformGroup: readPlatformGroup(config) }),
        );
      },
    });
  },
});
