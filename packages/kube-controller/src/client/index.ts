export * from './KubeClient';
export * from './canI';
export type * from './options';
export * from './ResourceClient';
export type { WatchFrame } from './watchFrames';
