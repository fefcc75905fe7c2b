export { actionShape } from './actionShape';
