export { cordonRefusal } from './cordonRefusal';
export * from './registerResources';
export * from './Resources';
export { requireIn, requireAppRead } from './requireAccess';
