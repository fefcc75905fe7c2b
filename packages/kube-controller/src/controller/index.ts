export * from './Controller';
export type { Logger } from './Logger';
