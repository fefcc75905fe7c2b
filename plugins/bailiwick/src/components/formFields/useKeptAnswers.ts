import useDebounce from 'react-use/esm/useDebounce';

/** Milliseconds of rest before they are kept: browsers take only so many addresses a second. */
const rest = 200;

/**
 * Keeps the answers of a template's form in the page's address, from which Backstage's form takes its initial values
 * (`formData`). The form is unchanged after people leave or reload it.
 *
 * @param formContext - Backstage's form context, with the answers of all steps
 */
export function useKeptAnswers(
  formContext: { formData?: Record<string, unknown> } | undefined,
): void {
  const { preflight: _checked, ...answers } = formContext?.formData ?? {};
  const kept = JSON.stringify(answers);
  const keep = () => {
    const address = new URL(window.location.href);
    // Each field of the form sees all answers; the first one keeps them.
    if (kept === '{}' || address.searchParams.get('formData') === kept) return;
    address.searchParams.set('formData', kept);
    window.history.replaceState(window.history.state, '', address);
  };
  useDebounce(keep, rest, [kept]);
}
