export { Balancer } from './Balancer';
export { Browser } from './Browser';
export { PortalProcess } from './PortalProcess';
export { slowTemplate, slowTemplateRef } from './slowTemplate';
