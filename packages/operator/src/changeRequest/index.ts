export { createChangeRequestController } from './createChangeRequestController';
