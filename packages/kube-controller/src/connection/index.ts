export type { Connection, WireRequest, WireResponse } from './Connection';
export type { KubeconfigSource } from './loadKubeconfig';
export { KubeconfigConnection } from './KubeconfigConnection';
