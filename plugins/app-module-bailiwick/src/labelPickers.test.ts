import { labelPickers } from './labelPickers';

function pickerWith(field: string): HTMLInputElement {
  const page = document.createElement('div');
  page.innerHTML = `<div class="MuiAutocomplete-root" aria-label="Kinds">${field}</div>`;
  labelPickers(page);
  return page.querySelector('input')!;
}

describe('labelPickers', () => {
  it('labels a field like the box around it', () => {
    expect(pickerWith('<input>').getAttribute('aria-label')).toBe('Kinds');
  });

  it.each([
    '<label>Entity kinds <input></label>',
    '<input aria-label="Entity kinds">',
  ])('keeps the label of %s', field => {
    expect(pickerWith(field).getAttribute('aria-label')).not.toBe('Kinds');
  });
});
