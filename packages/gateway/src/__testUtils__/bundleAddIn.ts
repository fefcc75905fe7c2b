import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../../..');

/** Bundles the gateway and the program of the add-in, as at the start of a gateway. */
export function bundleAddIn(): void {
  execFileSync(process.execPath, [
    join(root, 'scripts/bundle.mjs'),
    join(root, 'packages/gateway/src/main.ts'),
  ]);
}
