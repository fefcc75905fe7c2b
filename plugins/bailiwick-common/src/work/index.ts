export * from './settings';
export * from './readiness';
