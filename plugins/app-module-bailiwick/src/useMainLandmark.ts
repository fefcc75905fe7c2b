import { useLayoutEffect, useRef, type RefObject } from 'react';

/**
 * Makes an element the main landmark of the page while it contains none. Pages of Backstage's new frontend system have
 * none; those of the legacy one have their own.
 *
 * @returns reference for the element around the content
 */
export function useMainLandmark(): RefObject<HTMLDivElement> {
  const content = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = content.current;
    if (!element) return undefined;
    const mark = () => {
      if (element.querySelector('main, [role="main"]'))
        element.removeAttribute('role');
      else element.setAttribute('role', 'main');
    };
    mark();
    // Pages load their content later.
    const observer = new MutationObserver(mark);
    observer.observe(element, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, []);
  return content;
}
