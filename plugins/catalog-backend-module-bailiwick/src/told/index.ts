export { digestsOf, mutationFor, type Told } from './mutationFor';
export { describe, Remembered, type Described } from './Remembered';
