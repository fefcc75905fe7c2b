export type { Connection, WireRequest, WireResponse } from './Connection';
export type { KubeconfigSource } from './Kubeconfig';
export { KubeconfigConnection } from './KubeconfigConnection';
