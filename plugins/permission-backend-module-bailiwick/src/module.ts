import { createBackendModule } from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { BailiwickPolicy } from './BailiwickPolicy';

/** Permission module `bailiwick`: the portal's policy. */
export const permissionModuleBailiwick = createBackendModule({
  pluginId: 'permission',
  moduleId: 'bailiwick',
  register(env) {
    env.registerInit({
      deps: { policy: policyExtensionPoint },
      async init({ policy }) {
        policy.setPolicy(new BailiwickPolicy());
      },
    });
  },
});
