import { useEffect } from 'react';
import { labelPickers } from './labelPickers';
import { repairTableHeaders } from './repairTableHeaders';

/** Repairs the markup of Backstage's tables and pickers on all pages, as their options don't reach the extensions of pages. */
export function MarkupRepair() {
  useEffect(() => {
    const repair = () => {
      repairTableHeaders(document);
      labelPickers(document);
    };
    repair();
    const observer = new MutationObserver(repair);
    observer.observe(document.body, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, []);
  return null;
}
