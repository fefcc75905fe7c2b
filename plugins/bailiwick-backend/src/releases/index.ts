export { changeEnvironments } from './changeEnvironments';
export { createReleasesRouter } from './releasesRouter';
export { EnvironmentService } from './EnvironmentService';
export { PromotionService } from './PromotionService';
export { ReleaseService } from './ReleaseService';
