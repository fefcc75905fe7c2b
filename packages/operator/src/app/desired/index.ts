export * from './appLabels';
export * from './autoscaler';
export * from './bundleCopy';
export * from './deployment';
export * from './networkPolicy';
export * from './service';
export * from './serviceAccount';
