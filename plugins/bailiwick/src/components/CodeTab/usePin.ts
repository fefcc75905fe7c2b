import type { Edits } from './useEdits';
import type { Attempt } from './useTry';

/** Whether the columns of a result are pinned, and how to change that. */
export interface PinState {
  isPinned: boolean;
  /** Puts the row class into the editor; absent if the code cannot be changed now. */
  pin?: () => void;
  /** Restores the file as it was tried; absent if the code cannot be changed now. */
  undo?: () => void;
}

/**
 * Pins the columns of a result in the changes that are not committed.
 *
 * @param isKnown - whether the code has a file, whose path the code of the app can forge
 * @param onChange - receives a path and its new content, `undefined` for that of the commit; absent if nothing can be
 *   changed now
 */
export function usePin(
  attempt: Attempt | undefined,
  edits: Edits,
  isKnown: (path: string) => boolean,
  onChange:
    | ((path: string, content: string | null | undefined) => void)
    | undefined,
): PinState {
  const changed = attempt?.view.pin?.changed;
  if (!attempt || !changed || !isKnown(changed.path))
    return { isPinned: false };
  const { content, path } = changed;
  const own = (files: Edits['files']) =>
    Object.hasOwn(files, path) ? files[path] : undefined;
  return {
    isPinned: own(edits.files) === content,
    ...(onChange && {
      pin: () => onChange(path, content),
      undo: () => onChange(path, own(attempt.edits.files)),
    }),
  };
}
