export { Noise } from './Noise';
