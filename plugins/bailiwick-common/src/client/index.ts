export * from './BailiwickClient';
export * from './fleet';
export * from './JsonClient';
export * from './RequestFailedError';
export * from './podViews';
export * from './views';
export * from './EnvironmentClient';
