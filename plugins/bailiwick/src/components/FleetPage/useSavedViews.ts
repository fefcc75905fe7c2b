import { storageApiRef, useApi } from '@backstage/core-plugin-api';
import useObservable from 'react-use/esm/useObservable';
import { useMemo } from 'react';

/** A view with a name: the part of the address that defines it. */
export type SavedView = {
  name: string;
  address: string;
};

const key = 'views';

function readViews(value: unknown): SavedView[] {
  return Array.isArray(value)
    ? value.filter(
        one =>
          typeof one?.name === 'string' && typeof one?.address === 'string',
      )
    : [];
}

/** The reader's named views of the fleet, in Backstage's storage. */
export function useSavedViews() {
  const storage = useApi(storageApiRef);
  const bucket = useMemo(() => storage.forBucket('bailiwick.fleet'), [storage]);
  const changes = useMemo(() => bucket.observe$<SavedView[]>(key), [bucket]);
  const snapshot = useObservable(changes, bucket.snapshot<SavedView[]>(key));
  const views = readViews(snapshot?.value);
  const keep = (after: SavedView[]) =>
    bucket.set(
      key,
      after.map(({ address, name }) => ({ address, name })),
    );
  return {
    views,
    /** A view of the same name is replaced. */
    save: (view: SavedView) =>
      keep([...views.filter(({ name }) => name !== view.name), view]),
    rename: (from: string, to: string) =>
      keep(
        views
          .filter(({ name }) => name !== to)
          .map(one => (one.name === from ? { ...one, name: to } : one)),
      ),
    remove: (gone: string) => keep(views.filter(({ name }) => name !== gone)),
  };
}
