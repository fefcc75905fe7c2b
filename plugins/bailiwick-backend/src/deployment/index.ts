export { createDeploymentFeature } from './deploymentFeature';
