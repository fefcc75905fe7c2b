import { useState } from 'react';

/** Selected items of a list, by identity. */
export interface Selection {
  chosen: ReadonlySet<string>;
  /** Chooses all of these, or none when all of them are chosen. */
  toggle: (ids: string[]) => void;
  clear: () => void;
}

/** Keeps the selection while filters and views change. */
export function useSelection(): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  return {
    chosen,
    toggle: ids =>
      setChosen(before => {
        const after = new Set(before);
        const areAll = ids.every(id => before.has(id));
        ids.forEach(id => (areAll ? after.delete(id) : after.add(id)));
        return after;
      }),
    clear: () => setChosen(new Set()),
  };
}
