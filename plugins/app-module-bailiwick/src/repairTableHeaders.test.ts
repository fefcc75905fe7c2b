import { repairTableHeaders } from './repairTableHeaders';

function tableWith(heading: string): HTMLElement {
  const page = document.createElement('div');
  page.innerHTML = `<table><thead><tr><th scope="col">${heading}</th></tr></thead></table>`;
  return page;
}

describe('repairTableHeaders', () => {
  it('keeps the button that sorts, and removes the role of the handle around it', () => {
    const page = tableWith(
      '<span role="button" tabindex="0"><div data-rbd-drag-handle-draggable-id="0" role="button" tabindex="0" aria-describedby="hint">Name</div></span>',
    );
    repairTableHeaders(page);
    expect(page.querySelectorAll('[role="button"]')).toHaveLength(1);
    expect(page.querySelectorAll('[tabindex]')).toHaveLength(1);
    expect(page.querySelector('th')!.hasAttribute('role')).toBe(false);
  });

  it('makes a heading without text a cell, until it has one', () => {
    const page = tableWith('');
    repairTableHeaders(page);
    const heading = page.querySelector('th')!;
    expect(heading.getAttribute('role')).toBe('cell');
    heading.textContent = 'Actions';
    repairTableHeaders(page);
    expect(heading.hasAttribute('role')).toBe(false);
  });

  it('keeps a heading that is only a labeled control', () => {
    const page = tableWith('<input type="checkbox" aria-label="Select all">');
    repairTableHeaders(page);
    expect(page.querySelector('th')!.hasAttribute('role')).toBe(false);
  });
});
