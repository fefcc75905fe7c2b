import { KubeClient } from '@bailiwick/backstage-kube-controller';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** Name of the portal's own cluster, and of a Deployment in it. */
export const portalCluster = 'production';
export const ordinaryDeployment = 'website';

const namespace = 'default';
const account = 'foreign-portal';

interface Manifest {
  metadata: { name: string; labels?: Record<string, string> };
  [key: string]: unknown;
}

/**
 * Creates what a portal had before Bailiwick: a Deployment of its component `example-website`, and an account that can
 * read it.
 *
 * @param kubeconfig - of an administrator
 * @returns settings of Backstage's Kubernetes plugin for the cluster
 */
export async function createOrdinaryComponent(
  kubeconfig: string,
): Promise<object> {
  const client = KubeClient.fromKubeconfig({
    path: kubeconfig,
    userAgent: 'bailiwick-check-packages',
  });
  const apply = (path: string, body: Manifest) =>
    client.request({
      method: 'PATCH',
      path: `${path}/${body.metadata.name}`,
      query: { fieldManager: account, force: true },
      contentType: 'application/apply-patch+yaml',
      body,
    });
  try {
    const accounts = `/api/v1/namespaces/${namespace}/serviceaccounts`;
    await apply(accounts, {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: account },
    });
    await apply('/apis/rbac.authorization.k8s.io/v1/clusterrolebindings', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: account },
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'ClusterRole',
        name: 'view',
      },
      subjects: [{ kind: 'ServiceAccount', name: account, namespace }],
    });
    await apply(
      `/apis/apps/v1/namespaces/${namespace}/deployments`,
      deployment(),
    );
    const { status } = await client.request<{ status: { token: string } }>({
      method: 'POST',
      path: `${accounts}/${account}/token`,
      body: { spec: { expirationSeconds: 86_400 } },
    });
    const { cluster } = parse(readFileSync(kubeconfig, 'utf8')).clusters[0];
    return {
      serviceLocatorMethod: { type: 'multiTenant' },
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: [
            {
              name: portalCluster,
              url: cluster.server,
              caData: cluster['certificate-authority-data'],
              authProvider: 'serviceAccount',
              skipMetricsLookup: true,
              serviceAccountToken: status.token,
            },
          ],
        },
      ],
    };
  } finally {
    await client.close();
  }
}

/** A Deployment without pods. */
function deployment(): Manifest {
  const labels = { 'backstage.io/kubernetes-id': 'example-website' };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: ordinaryDeployment, labels },
    spec: {
      replicas: 0,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'web', image: 'website' }] },
      },
    },
  };
}
