export { FleetRoutes } from './FleetRoutes';
