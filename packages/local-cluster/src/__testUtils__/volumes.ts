/** A claim of the default storage class. */
export function claim(ns: string, name: string, accessMode = 'ReadWriteOnce') {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace: ns },
    spec: {
      accessModes: [accessMode],
      resources: { requests: { storage: '1Mi' } },
    },
  };
}

/** Returns a namespace with the strictest Pod Security level. */
export function restrictedNamespace(name: string): object {
  const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' };
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}

/** A restricted pod that runs a piece of Python once, with a claim's volume at `/data`. */
export function volumePod(options: {
  image: string;
  ns: string;
  name: string;
  claimName: string;
  code: string;
  security?: { runAsUser?: number; fsGroup?: number };
}): object {
  const { image, ns, name, claimName, code, security } = options;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: ns },
    spec: {
      hostUsers: false,
      restartPolicy: 'Never',
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 1000,
        seccompProfile: { type: 'RuntimeDefault' },
        ...security,
      },
      containers: [
        {
          name: 'once',
          image,
          command: ['python3', '-c', code],
          securityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ['ALL'] },
          },
          volumeMounts: [{ name: 'data', mountPath: '/data' }],
        },
      ],
      volumes: [{ name: 'data', persistentVolumeClaim: { claimName } }],
    },
  };
}
