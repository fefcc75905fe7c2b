/** What pods of builds must not get, how they would, and the refusal. */
export const refusedPods: [string, (spec: any) => void, RegExp][] = [
  [
    'the network of the node',
    spec => Object.assign(spec, { hostNetwork: true, hostUsers: true }),
    /share/,
  ],
  [
    'files of the node',
    spec => spec.volumes.push({ name: 'etc', hostPath: { path: '/etc' } }),
    /can mount only/,
  ],
  ['root of the node', spec => delete spec.hostUsers, /need a user namespace/],
  [
    'more capabilities',
    ({ initContainers: [one] }) =>
      one.securityContext.capabilities.add.push('SYS_MODULE'),
    /capabilities that Buildah does not need/,
  ],
  [
    'privileges',
    ({ initContainers: [one] }) =>
      (one.securityContext.allowPrivilegeEscalation = true),
    /must drop all capabilities/,
  ],
  [
    'root in the container that pushes',
    ({ containers: [one] }) => (one.securityContext.runAsUser = 0),
    /Only init containers/,
  ],
  [
    'credentials in steps of a Dockerfile',
    ({ initContainers: [pull, steps] }) =>
      steps.volumeMounts.push(pull.volumeMounts.at(-1)),
    /must not have credentials/,
  ],
  [
    'capabilities beside the container that pushes',
    ({ initContainers: [one] }) => (one.restartPolicy = 'Always'),
    /and restarts/,
  ],
  [
    'system calls',
    ({ initContainers: [one] }) =>
      (one.securityContext.seccompProfile = { type: 'Unconfined' }),
    /must drop all capabilities/,
  ],
  [
    'a token of the cluster',
    spec => delete spec.automountServiceAccountToken,
    /can mount only/,
  ],
];
