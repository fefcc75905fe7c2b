export type { HealthReport, Problem } from './HealthReport';
export { PodQuestions } from './PodQuestions';
export { isReady, readHealth } from './readHealth';
export { readRefusal } from './refusal';
