export * from './ClientsBySecret';
export { Informer, type InformerOptions } from './Informer';
export { isSpecChange, type Change, type IndexOf } from './ObjectStore';
export { deepFreeze, dropManagedFields } from './transforms';
