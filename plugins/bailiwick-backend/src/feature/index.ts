export type { Feature, FeatureContext } from './Feature';
