import useLocalStorage from 'react-use/esm/useLocalStorage';
import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common/client';

/** Changes that are not committed yet. */
export interface Edits {
  /** Commit to which they were made. */
  base: string;
  /** New contents by path; `null` for a deleted file. */
  files: Record<string, string | null>;
}

/**
 * Keeps a person's changes of an app's code in the browser, so that they survive reloads and crashes.
 *
 * @param base - commit on which new changes are based
 */
export function useEdits(
  { metadata, tenant }: Pick<AppView, 'metadata' | 'tenant'>,
  person: string,
  base: string,
) {
  const [stored, store, remove] = useLocalStorage<Edits | undefined>(
    `bailiwick.edits ${person} ${tenant}/${metadata.name}`,
  );
  const edits = stored ?? { base, files: {} };
  const isEmpty = Object.keys(edits.files).length === 0;

  /** Sets the new content of a file; `undefined` removes its change. */
  const change = (path: string, content: string | null | undefined) => {
    const { [path]: _, ...others } = edits.files;
    store({
      base: isEmpty ? base : edits.base,
      files: content === undefined ? others : { ...others, [path]: content },
    });
  };
  return {
    /** Without changes, they belong to any commit. */
    edits: isEmpty ? { base, files: {} } : edits,
    change,
    /** Replaces all changes. */
    replace: store,
    discard: remove,
  };
}
