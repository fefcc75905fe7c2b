export type * from './Connection';
export type { KubeconfigSource } from './Kubeconfig';
export { KubeconfigConnection } from './KubeconfigConnection';
export { readServer, type ApiServer } from './readServer';
