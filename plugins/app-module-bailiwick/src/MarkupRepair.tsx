import { useEffect } from 'react';
import { labelNavigation } from './labelNavigation';
import { labelPickers } from './labelPickers';
import { repairListTitles } from './repairListTitles';
import { repairTableHeaders } from './repairTableHeaders';

/** Repairs the markup and titles of Backstage's tables, pickers and menu on all pages, as their options don't reach the extensions of pages. */
export function MarkupRepair() {
  useEffect(() => {
    const repair = () => {
      repairTableHeaders(document);
      labelNavigation(document);
      labelPickers(document);
      repairListTitles(document);
    };
    repair();
    const observer = new MutationObserver(repair);
    observer.observe(document.body, {
      characterData: true,
      childList: true,
      subtree: true,
    });
    return () => observer.disconnect();
  }, []);
  return null;
}
