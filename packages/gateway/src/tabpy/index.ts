export { addTabpyRoutes } from './tabpyRoutes';
