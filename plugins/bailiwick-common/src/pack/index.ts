export { datasetsOf, findArchetype, packOf, type PackLookUp } from './packOf';
export { keptPackName, newestPacks, packNameOf } from './versions';
export { withWord } from './withWord';
