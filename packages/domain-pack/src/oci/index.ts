export { archiveFiles } from './archiveFiles';
export { buildLayout, type BuiltPack } from './buildLayout';
export { FullFolderError } from './FullFolderError';
export { readLayout, readLayoutSource, type LayoutChoice } from './readLayout';
export type { PemKey } from './signature';
