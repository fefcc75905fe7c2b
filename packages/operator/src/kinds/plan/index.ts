export { createPlanController } from './createPlanController';
