export { addODataRoutes } from './odataRoute';
