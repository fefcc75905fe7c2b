import { repairListTitles } from './repairListTitles';

function titleOf(text: string): string {
  const page = document.createElement('div');
  page.innerHTML = `<div class="MuiToolbar-root"><h2 class="MuiTypography-h5"><span>${text}<b>(3)</b></span></h2></div>`;
  repairListTitles(page);
  return page.textContent!;
}

describe('repairListTitles', () => {
  it.each([
    ['All apis ', 'All APIs (3)'],
    ['Owned openapi APIS ', 'Owned openapi APIs (3)'],
    ['All Components ', 'All Components (3)'],
  ])('shows %s as %s', (text, expected) => {
    expect(titleOf(text)).toBe(expected);
  });
});
