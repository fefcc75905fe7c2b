export { createRunController } from './createRunController';
