import { join } from 'node:path';
import {
  addresses,
  paths,
  ports,
  repositoryRoot,
  type StackOptions,
} from '@bailiwick/backstage-cli';
import { readSecrets } from './secrets';

const oidcClientId = 'bailiwick-portal';

/** The variables that backstage.app-config.yaml names, and those of the sign-in provider. */
export function stackEnvironment(
  options: StackOptions,
): Record<string, string> {
  const secrets = readSecrets(paths(options).secrets);
  const { gateway, identity, portal } = addresses(options);
  const own = ports(options);
  return {
    BAILIWICK_ROOT: repositoryRoot,
    BAILIWICK_DATA_DIR: options.dataDir,
    BAILIWICK_PORTAL_URL: portal,
    BAILIWICK_PORTAL_PORT: String(own.portal),
    BAILIWICK_GATEWAY_URL: gateway,
    BAILIWICK_GATEWAY_METRICS_URL: `http://127.0.0.1:${own.gatewayMetrics}`,
    BAILIWICK_WORKSPACES_URL: `http://*.localhost:${own.workspaces}`,
    BAILIWICK_WORKSPACES_PORT: String(own.workspaces),
    BAILIWICK_IDENTITY_URL: identity,
    BAILIWICK_BACKEND_SECRET: secrets.backend,
    BAILIWICK_OIDC_CLIENT_ID: oidcClientId,
    BAILIWICK_OIDC_CLIENT_SECRET: secrets.oidcClient,
    BAILIWICK_PORTAL_KUBECONFIG: join(paths(options).kubeconfigs, 'portal'),
    BAILIWICK_CLUSTER_STATE: paths(options).clusterState,
  };
}
