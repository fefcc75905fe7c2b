export { createClusterController } from './createClusterController';
