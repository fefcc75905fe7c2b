export { applyDefinitions } from './applyDefinitions';
export { applyManifests } from './applyManifests';
export { readManifests } from './readManifests';
