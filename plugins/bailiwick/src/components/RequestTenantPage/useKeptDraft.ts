import { useEffect, useState, type Dispatch, type SetStateAction } from 'react';
import { emptyDraft, type TenantDraft } from './tenantDraft';

const key = 'bailiwick.tenant-draft';

/** The draft of an earlier visit in this tab; an empty one when there is none. */
function readKept(): TenantDraft {
  try {
    const kept = JSON.parse(window.sessionStorage.getItem(key) ?? '{}');
    return { ...emptyDraft(), ...kept };
  } catch {
    return emptyDraft();
  }
}

/**
 * Keeps what was filled in while the tab is open, so that a form that was left or loaded anew opens as it was.
 *
 * @returns the draft, its setter, and a function that forgets it
 */
export function useKeptDraft(): [
  TenantDraft,
  Dispatch<SetStateAction<TenantDraft>>,
  () => void,
] {
  const [draft, setDraft] = useState(readKept);
  useEffect(() => {
    window.sessionStorage.setItem(key, JSON.stringify(draft));
  }, [draft]);
  return [draft, setDraft, () => window.sessionStorage.removeItem(key)];
}
