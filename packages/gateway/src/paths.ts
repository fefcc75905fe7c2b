import { join } from 'node:path';

/** Folder of the bundles of this package. Sources and bundles are equally deep, so both find it. */
export const distFolder = join(import.meta.dirname, '../dist');
