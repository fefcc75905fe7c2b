/**
 * Order in which a local cluster stops: first the components that restart pods, then the pods (`*` is every process
 * that is not a component), finally the components that others need.
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
