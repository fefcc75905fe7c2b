export * from './differences';
export * from './gates';
