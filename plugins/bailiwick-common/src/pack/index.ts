export { datasetsOf, findArchetype, packOf, type PackLookUp } from './packOf';
export { templateName } from './templateName';
export { keptPackName, newestPacks, packNameOf } from './versions';
export { withWord } from './withWord';
