export { createPacksRouter } from './packsRouter';
