import { useEffect } from 'react';
import { repairTableHeaders } from './repairTableHeaders';

/** Repairs the headings of Backstage's tables on all pages, as their options don't reach the extensions of pages. */
export function TableRepair() {
  useEffect(() => {
    const repair = () => repairTableHeaders(document);
    repair();
    const observer = new MutationObserver(repair);
    observer.observe(document.body, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, []);
  return null;
}
