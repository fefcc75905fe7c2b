export * from './KubeClient';
export * from './ResourceClient';
export type { WatchFrame } from './watchFrames';
