export { createFleetRouter } from './fleetRouter';
