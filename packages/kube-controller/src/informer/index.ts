export { Informer, dropManagedFields, type InformerOptions } from './Informer';
export type { Change, IndexOf } from './ObjectStore';
