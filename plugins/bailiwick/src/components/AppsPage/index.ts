export { AppsRoutes } from './AppsRoutes';
