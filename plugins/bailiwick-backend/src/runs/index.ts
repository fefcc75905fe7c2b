export { createRunsFeature } from './runsFeature';
