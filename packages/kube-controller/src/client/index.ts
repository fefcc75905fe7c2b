export * from './KubeClient';
export * from './may';
export type * from './options';
export * from './ResourceClient';
export type { WatchFrame } from './watchFrames';
