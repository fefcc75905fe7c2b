export * from './BailiwickClient';
export * from './RequestFailedError';
export * from './views';
