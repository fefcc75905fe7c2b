export { Browser } from './Browser';
export { PortalProcess } from './PortalProcess';
