export { numbered, Office, rivals } from './Office';
export { People } from './People';
export { Population, type BenchApp } from './Population';
export { childKinds, removeApps } from './removeApps';
export { removeQuotas, settleTenants } from './settle';
