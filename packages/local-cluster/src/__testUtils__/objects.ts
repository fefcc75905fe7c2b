/** A namespace by the name that policies select it with. */
export function namespace(name: string): object {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}

/** A pod that serves HTTP on the named port `web`, 8080, under tenant-like restrictions. */
export function serverPod(image: string, ns: string, name: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: ns, labels: { app: name } },
    spec: {
      hostUsers: false,
      terminationGracePeriodSeconds: 1,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 1000,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: [
        {
          name: 'server',
          image,
          command: ['python3', '-m', 'http.server', '8080'],
          ports: [{ name: 'web', containerPort: 8080 }],
          readinessProbe: {
            httpGet: { path: '/', port: 'web' },
            periodSeconds: 1,
          },
          resources: { limits: { cpu: '500m', memory: '64Mi' } },
          securityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ['ALL'] },
          },
        },
      ],
    },
  };
}

/** A pod that runs a piece of Python once. */
export function oncePod(
  image: string,
  ns: string,
  name: string,
  code: string,
): object {
  const command = ['python3', '-c', code];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: ns },
    spec: {
      restartPolicy: 'Never',
      containers: [{ name: 'once', image, command }],
    },
  };
}

/** A Service on port 80 for a pod of {@link serverPod}. */
export function service(ns: string, name: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: ns },
    spec: { selector: { app: name }, ports: [{ port: 80, targetPort: 'web' }] },
  };
}

/** A policy for every pod of a namespace. */
export function policy(ns: string, name: string, spec: object): object {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace: ns },
    spec: { podSelector: {}, ...spec },
  };
}

/** Selects a namespace by name. */
export function inNamespace(name: string): object {
  return {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
  };
}

/** Egress that every policy must allow for DNS, as in other clusters. */
export const dnsEgress = {
  to: [
    {
      ...inNamespace('kube-system'),
      podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
    },
  ],
  ports: [
    { protocol: 'UDP', port: 53 },
    { protocol: 'TCP', port: 53 },
  ],
};
