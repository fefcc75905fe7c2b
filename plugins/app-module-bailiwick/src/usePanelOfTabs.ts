import { useLayoutEffect, useRef, type RefObject } from 'react';

/**
 * Makes an element the panel of the selected tab in a header. Backstage's headers reference a panel ID that no element
 * has, so the tab has no target for screen readers.
 *
 * @returns references for the header and for the element with the content
 */
export function usePanelOfTabs(): {
  header: RefObject<HTMLElement>;
  panel: RefObject<HTMLDivElement>;
} {
  const header = useRef<HTMLElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const tabs = header.current;
    if (!tabs) return undefined;
    const link = () => {
      const tab = tabs.querySelector('[role="tab"][aria-controls]');
      const content = panel.current;
      if (!tab || !content) return;
      content.id = tab.getAttribute('aria-controls')!;
      content.setAttribute('role', 'tabpanel');
      content.setAttribute('aria-labelledby', tab.id);
    };
    link();
    // The header selects a tab after it is drawn, and another one when the address changes.
    const observer = new MutationObserver(link);
    observer.observe(tabs, {
      subtree: true,
      childList: true,
      attributeFilter: ['aria-controls'],
    });
    return () => observer.disconnect();
  }, []);
  return { header, panel };
}
