export { createMeRouter } from './meRouter';
