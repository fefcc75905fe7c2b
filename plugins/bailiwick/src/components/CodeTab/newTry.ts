import type { NewTry } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { Edits } from './useEdits';

/** Returns a try of changes; without a call, their contract is read. */
export function newTry(
  { base, files }: Edits,
  called?: { name: string; parameters: Record<string, unknown> },
): NewTry {
  return {
    base,
    files: Object.entries(files).map(([path, content]) => ({ path, content })),
    ...(called && { function: called.name, parameters: called.parameters }),
  };
}
