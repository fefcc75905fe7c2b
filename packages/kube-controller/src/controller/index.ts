export * from './Controller';
export type { Logger } from './Logger';
export * from './results';
