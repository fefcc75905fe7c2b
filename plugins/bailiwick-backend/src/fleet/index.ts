export { createFleetFeature } from './fleetFeature';
