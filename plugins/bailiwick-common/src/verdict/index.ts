export {
  readArchetypeVerdict,
  readPackVerdict,
  type ArchetypeVerdict,
  type PackVerdict,
} from './packVerdict';
