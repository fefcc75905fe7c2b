export { createPacksFeature } from './packsFeature';
