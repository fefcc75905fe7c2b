export * from './KubeApiError';
export * from './KubeConnectionError';
export * from './KubeconfigError';
export * from './WatchFrameError';
export * from './LeadershipLostError';
export * from './SilentWatchError';
export * from './PortForwardError';
