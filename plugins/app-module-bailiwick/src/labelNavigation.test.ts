import { labelNavigation } from './labelNavigation';

describe('labelNavigation', () => {
  it('labels the navigation of narrow windows, and no other', () => {
    const page = document.createElement('div');
    page.innerHTML =
      '<nav data-testid="mobile-sidebar-root"></nav><nav></nav><nav aria-label="Breadcrumbs"></nav>';
    labelNavigation(page);
    expect(
      [...page.children].map(nav => nav.getAttribute('aria-label')),
    ).toEqual(['Main menu', null, 'Breadcrumbs']);
  });
});
