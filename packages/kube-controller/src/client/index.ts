export * from './KubeClient';
export type * from './options';
export * from './ResourceClient';
export type { WatchFrame } from './watchFrames';
