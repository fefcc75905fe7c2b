import { clusterRole, rule } from './clusterRole';

const labels = { 'k8s-app': 'kube-dns' };
const metadata = { name: 'coredns', namespace: 'kube-system', labels };

/**
 * The name service, under the names and labels it has in every other cluster, so that network
 * policies for it are the same everywhere.
 *
 * @param options - `address` of its Service; `upstream` servers for names outside the cluster
 */
export function corednsObjects(options: {
  image: string;
  address: string;
  upstream: readonly string[];
}): object[] {
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
    ...clusterRole(
      'system:coredns',
      [
        rule('', ['services', 'pods', 'namespaces']),
        rule('discovery.k8s.io', ['endpointslices']),
      ],
      { kind: 'ServiceAccount', name: 'coredns', namespace: 'kube-system' },
    ),
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata,
      data: { Corefile: corefile(options.upstream) },
    },
    deployment(options.image, corefile(options.upstream)),
    service(options.address),
  ];
}

// Namespaces of tenants are called `<tenant>--<environment>`; no others have two hyphens.
const belongsToNoTenant = "!(metadata('kubernetes/namespace') contains '--')";
const belongsToAsker =
  "metadata('kubernetes/namespace') == metadata('kubernetes/client-namespace')";

/**
 * Writes the configuration. Without upstream servers, only names of the cluster resolve.
 *
 * A pod resolves the names of its own namespace and of namespaces outside tenants, where the targets of
 * Connections are. Other names, and reverse lookups of any address, answer NXDOMAIN, as they would list all tenants
 * (CoreDNS plugins `view`, `metadata` and `kubernetes`).
 */
export function corefile(upstream: readonly string[]): string {
  const nothing = ['  template ANY ANY {', '    rcode NXDOMAIN', '  }'];
  return [
    '.:53 {',
    '  view visible {',
    `    expr ${belongsToNoTenant} || ${belongsToAsker}`,
    '  }',
    '  metadata',
    '  errors',
    '  health',
    '  ready',
    '  kubernetes cluster.local {',
    // Returns the address of the client.
    '    pods verified',
    '    ttl 30',
    '  }',
    ...(upstream.length > 0 ? [`  forward . ${upstream.join(' ')}`] : []),
    '  cache 30',
    '}',
    '.:53 {',
    ...nothing,
    '}',
    'in-addr.arpa:53 ip6.arpa:53 {',
    ...nothing,
    '}',
    '',
  ].join('\n');
}

function deployment(image: string, configuration: string): object {
  const probe = (path: string, port: number) => ({ httpGet: { path, port } });
  const container = {
    name: 'coredns',
    image,
    args: ['-conf', '/etc/coredns/Corefile'],
    ports: [
      { name: 'dns', containerPort: 53, protocol: 'UDP' },
      { name: 'dns-tcp', containerPort: 53, protocol: 'TCP' },
    ],
    readinessProbe: { ...probe('/ready', 8181), periodSeconds: 1 },
    livenessProbe: { ...probe('/health', 8080), initialDelaySeconds: 30 },
    resources: {
      requests: { cpu: '50m', memory: '64Mi' },
      limits: { memory: '192Mi' },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    },
    volumeMounts: [
      { name: 'config', mountPath: '/etc/coredns', readOnly: true },
    ],
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      selector: { matchLabels: labels },
      template: {
        // A changed configuration is a new pod.
        metadata: {
          labels,
          annotations: { 'bailiwick.dev/corefile': configuration },
        },
        spec: {
          serviceAccountName: 'coredns',
          priorityClassName: 'system-cluster-critical',
          dnsPolicy: 'Default',
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 65532,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          containers: [container],
          volumes: [{ name: 'config', configMap: { name: 'coredns' } }],
        },
      },
    },
  };
}

function service(clusterIP: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'kube-dns', namespace: 'kube-system', labels },
    spec: {
      clusterIP,
      selector: labels,
      ports: [
        { name: 'dns', port: 53, protocol: 'UDP', targetPort: 'dns' },
        { name: 'dns-tcp', port: 53, protocol: 'TCP', targetPort: 'dns-tcp' },
      ],
    },
  };
}
