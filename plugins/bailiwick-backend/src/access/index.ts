export * from './registerResources';
export * from './Resources';
