/**
 * Repairs headings of Backstage's tables. Each is a button that drags the column around a button that sorts by it,
 * which screen readers can't distinguish; columns of check boxes and actions have headings without a text.
 */
export function repairTableHeaders(page: ParentNode): void {
  const handles = page.querySelectorAll(
    'th [data-rbd-drag-handle-draggable-id][role]',
  );
  // Columns can still be dragged with a pointer.
  for (const handle of handles)
    for (const name of ['role', 'tabindex', 'aria-describedby'])
      handle.removeAttribute(name);
  for (const heading of page.querySelectorAll('thead th')) {
    const isEmpty =
      !heading.textContent?.trim() && !heading.querySelector('[aria-label]');
    if (!isEmpty && heading.getAttribute('role') === 'cell')
      heading.removeAttribute('role');
    if (isEmpty && !heading.hasAttribute('role'))
      heading.setAttribute('role', 'cell');
  }
}
