/**
 * How a local cluster ends: first whoever would start pods again, then the pods (`*` is every
 * process that no component is), last what the others need.
 */
export const STOP_ORDER: string[][] = [
  ['kubelet', 'kwok'],
  ['*'],
  [
    'kube-controller-manager',
    'kube-scheduler',
    'kube-proxy',
    'netpol',
    'volumes',
    'registry',
  ],
  ['kube-apiserver', 'containerd'],
  ['etcd'],
];
