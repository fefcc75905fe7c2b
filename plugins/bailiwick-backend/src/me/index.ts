export { createMeFeature } from './meFeature';
