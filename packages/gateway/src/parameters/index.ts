export { readParameters, requireKnown, withPresets } from './readParameters';
