export { FluxApps } from './FluxApps';
export { installFlux } from './installFlux';
export { readChildren, type Children } from './readChildren';
