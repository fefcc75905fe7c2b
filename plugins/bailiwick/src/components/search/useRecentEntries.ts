import { storageApiRef, useApi } from '@backstage/core-plugin-api';
import { useCallback, useMemo } from 'react';
import useObservable from 'react-use/esm/useObservable';
import type { SearchEntry } from './SearchEntry';

const maxEntries = 6;
const key = 'recent';

/** Stored part of an entry. */
type Stored = Pick<SearchEntry, 'title' | 'location' | 'kind' | 'context'>;

/**
 * Returns the entries that the reader opened from search, newest first, and a function that adds one. They are kept
 * by the portal's storage of user settings.
 */
export function useRecentEntries() {
  const storage = useApi(storageApiRef);
  const bucket = useMemo(
    () => storage.forBucket('bailiwick-search'),
    [storage],
  );
  const changes = useMemo(() => bucket.observe$<Stored[]>(key), [bucket]);
  const { value } = useObservable(changes, bucket.snapshot<Stored[]>(key));
  const recent = useMemo(
    () => (value ?? []).map(stored => ({ ...stored, text: '' })),
    [value],
  );
  const add = useCallback(
    ({ context, kind, location, title }: SearchEntry) => {
      const before = bucket.snapshot<Stored[]>(key).value ?? [];
      bucket.set(
        key,
        [
          { title, location, kind, context },
          ...before.filter(one => one.location !== location),
        ].slice(0, maxEntries),
      );
    },
    [bucket],
  );
  return { recent, add };
}
