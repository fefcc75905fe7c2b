export { readParameters, withPresets } from './readParameters';
