/** Labels the navigation of narrow windows, so that it differs from the links of cards. */
export function labelNavigation(page: ParentNode): void {
  const bar = page.querySelector(
    'nav[data-testid="mobile-sidebar-root"]:not([aria-label])',
  );
  bar?.setAttribute('aria-label', 'Main menu');
}
