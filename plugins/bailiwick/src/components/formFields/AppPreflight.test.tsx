import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakePortal } from '../../__fixtures__/FakePortal';
import { renderPage } from '../../__testUtils__/renderPage';
import { AppPreflight, appPreflightField } from './AppPreflight';

const archetype = { pack: 'market', version: '1.0.0', name: 'price-feed' };
const outcome = {
  problems: [],
  steps: [{ name: 'Write code' }, { name: 'Create app' }],
  rules: [
    { message: 'At most 20 shares', holds: true },
    { message: 'Apps have a description', holds: false },
  ],
  files: [{ path: 'functions.py', content: 'X = 3' }],
  object: 'kind: App',
  quota: [
    { what: 'apps', used: '2', more: '1', limit: '5', fits: true },
    { what: 'cpu', used: '1950m', more: '100m', limit: '2', fits: false },
  ],
};
const answered = {
  place: { tenant: 'rates-desk', environment: 'dev', label: 'Rates · dev' },
  name: 'feed',
  title: 'Feed',
  limit: 3,
};

async function show(portal: FakePortal) {
  const onChange = jest.fn();
  const Field = AppPreflight as any;
  await renderPage(
    <Field
      formContext={{
        formData: { ...answered, preflight: { isChecked: true } },
      }}
      onChange={onChange}
      uiSchema={{ 'ui:options': { archetype } }}
    />,
    portal,
  );
  return onChange;
}

const path = 'POST /tenants/rates-desk/apps/preflight';

describe('AppPreflight', () => {
  it('runs the preflight of the form’s app, and shows the result', async () => {
    const portal = new FakePortal().answers(path, outcome);
    const onChange = await show(portal);
    expect(await screen.findByText(/^All checks passed/)).toBeVisible();
    expect(portal.calls.at(-1)!.body).toEqual({
      name: 'feed',
      title: 'Feed',
      archetype,
      answers: { limit: 3 },
      environment: 'dev',
    });
    expect(
      screen.getByText('2 of 5 used; this app needs 1 more'),
    ).toBeVisible();
    expect(screen.getByText(/which exceeds the quota/)).toBeVisible();
    expect(screen.getByText('At most 20 shares')).toBeVisible();
    expect(screen.getByRole('img', { name: 'Passed' })).toBeVisible();
    expect(screen.getByRole('img', { name: 'Violated' })).toBeVisible();
    expect(screen.getByText(/deploys the app to dev\.$/)).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'App definition (YAML)' }),
    ).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'functions.py' }));
    expect(await screen.findByText('X = 3')).toBeVisible();
    expect(onChange).toHaveBeenLastCalledWith({ isChecked: true });
  });

  it('keeps the answers in the address, without the field’s own result', async () => {
    await show(new FakePortal().answers(path, outcome));
    const kept = () =>
      new URL(window.location.href).searchParams.get('formData') ?? 'null';
    await waitFor(() => expect(JSON.parse(kept())).toEqual(answered));
  });

  it('reports problems, and blocks the form', async () => {
    const refusal = 'Builders and owners may do this';
    const problems = [`Create app: ${refusal}`];
    const steps = [{ name: 'Create app', refusal }];
    const portal = new FakePortal().answers(path, {
      ...outcome,
      problems,
      steps,
    });
    const onChange = await show(portal);
    expect(await screen.findByText(problems[0])).toBeVisible();
    expect(screen.queryByText('What happens')).toBeNull();
    expect(onChange).toHaveBeenLastCalledWith({ isChecked: false });
  });

  it.each([
    [undefined, 1],
    [{ isChecked: false }, 1],
    [{ isChecked: true }, 0],
  ])('with %j adds %d errors', (value, count) => {
    const addError = jest.fn();
    appPreflightField.validation(
      value as never,
      { addError } as any,
      {} as any,
    );
    expect(addError).toHaveBeenCalledTimes(count);
  });
});
