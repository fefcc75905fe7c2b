export { Balancer } from './Balancer';
export { Browser } from './Browser';
export { freePort } from './freePort';
export { PortalProcess } from './PortalProcess';
export { slowTemplate, slowTemplateRef } from './slowTemplate';
