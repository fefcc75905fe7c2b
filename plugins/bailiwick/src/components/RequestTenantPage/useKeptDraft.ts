import { useEffect, useState, type Dispatch, type SetStateAction } from 'react';
import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { draftOf, emptyDraft, type TenantDraft } from './tenantDraft';

const keyOfNew = 'bailiwick.tenant-draft';

/** The draft of an earlier visit in this tab; the initial one when there is none. */
function readKept(key: string, initial: TenantDraft): TenantDraft {
  try {
    const kept = JSON.parse(window.sessionStorage.getItem(key) ?? '{}');
    return { ...initial, ...kept };
  } catch {
    return initial;
  }
}

/**
 * Keeps the input while the tab is open, so that the form is unchanged after people leave or reload it.
 *
 * @param edited - the request whose values the form starts with; its draft is separate from that of a new request
 * @returns the draft, its setter, and a function that deletes it
 */
export function useKeptDraft(
  edited?: RequestView,
): [TenantDraft, Dispatch<SetStateAction<TenantDraft>>, () => void] {
  const key = edited ? `${keyOfNew}.${edited.metadata.name}` : keyOfNew;
  const [draft, setDraft] = useState(() =>
    readKept(key, (edited && draftOf(edited.spec)) ?? emptyDraft()),
  );
  useEffect(() => {
    window.sessionStorage.setItem(key, JSON.stringify(draft));
  }, [draft, key]);
  return [draft, setDraft, () => window.sessionStorage.removeItem(key)];
}
