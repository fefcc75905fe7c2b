import type { NewTry } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { Edits } from './useEdits';

/** What is tried: a call, or the tests of the code; otherwise its contract is read. */
export interface Tried {
  called?: { name: string; parameters: Record<string, unknown> };
  tests?: boolean;
}

/** Returns a try of changes. */
export function newTry(
  { base, files }: Edits,
  { called, tests }: Tried = {},
): NewTry {
  return {
    base,
    files: Object.entries(files).map(([path, content]) => ({ path, content })),
    ...(called && { function: called.name, parameters: called.parameters }),
    ...(tests && { tests }),
  };
}
