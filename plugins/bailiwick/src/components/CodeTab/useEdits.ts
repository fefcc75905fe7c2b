import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { mainBranch } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { useEffect, useMemo, useState } from 'react';

/** Changes that are not committed yet. */
export interface Edits {
  /** Commit to which they were made. */
  base: string;
  /** New contents by path; `null` for a deleted file. */
  files: Record<string, string | null>;
}

/**
 * Keeps a person's changes of an app's code, also in the browser's storage, so that they survive reloads and crashes.
 * Other tabs of the browser show and change the same ones.
 *
 * @param base - commit on which new changes are based
 * @param branch - branch whose files are changed; each has its own changes
 */
export function useEdits(
  { metadata, tenant }: Pick<AppView, 'metadata' | 'tenant'>,
  person: string,
  base: string,
  branch: string,
) {
  const place = `${tenant}/${metadata.name}`;
  const key = `bailiwick.edits ${person} ${
    branch === mainBranch ? place : `${place} ${branch}`
  }`;
  const [edits, setEdits] = useState(() => read(key));
  const [isKept, setKept] = useState(true);
  useEffect(() => {
    const follow = (event: StorageEvent) => {
      if (event.key === key) setEdits(read(key));
    };
    window.addEventListener('storage', follow);
    return () => window.removeEventListener('storage', follow);
  }, [key]);

  /** Replaces all changes; none without files. */
  const replace = (next: Edits) => {
    const isEmpty = Object.keys(next.files).length === 0;
    setEdits(isEmpty ? undefined : next);
    try {
      if (isEmpty) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify(next));
      setKept(true);
    } catch {
      // The storage is full or disabled.
      setKept(false);
    }
  };

  /** Sets the new content of a file; `undefined` removes its change. */
  const change = (path: string, content: string | null | undefined) => {
    const before = edits ?? { base, files: {} };
    const { [path]: _, ...others } = before.files;
    const files =
      content === undefined ? others : { ...others, [path]: content };
    replace({ ...before, files });
  };
  const unchanged = useMemo((): Edits => ({ base, files: {} }), [base]);
  return {
    edits: edits ?? unchanged,
    change,
    replace,
    /** Whether the browser's storage has the changes. */
    isKept,
  };
}

/** Reads stored changes; `undefined` for none, and for what is not ours. */
function read(key: string): Edits | undefined {
  try {
    const { base, files } = JSON.parse(localStorage.getItem(key) ?? '{}');
    const isValid =
      typeof base === 'string' &&
      typeof files === 'object' &&
      Object.values(files).every(
        content => content === null || typeof content === 'string',
      );
    return isValid ? { base, files } : undefined;
  } catch {
    return undefined;
  }
}
