export { createOperationsFeature } from './operationsFeature';
