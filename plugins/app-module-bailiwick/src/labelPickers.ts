/** Labels the fields of pickers that name only the box around the field, such as the filters of the catalog graph. */
export function labelPickers(page: ParentNode): void {
  const fields = page.querySelectorAll<HTMLInputElement>(
    '.MuiAutocomplete-root[aria-label] input:not([aria-label])',
  );
  for (const field of fields) {
    const label = field
      .closest('.MuiAutocomplete-root')!
      .getAttribute('aria-label')!;
    if (!field.labels?.length) field.setAttribute('aria-label', label);
  }
}
