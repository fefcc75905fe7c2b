export { People } from './People';
export { Population, type BenchApp } from './Population';
export { childKinds, removeApps } from './removeApps';
export { builder, removeQuotas, settleTenants } from './settle';
