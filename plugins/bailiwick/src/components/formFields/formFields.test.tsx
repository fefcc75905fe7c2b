import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { FakePortal } from '../../__fixtures__/FakePortal';
import { renderPage } from '../../__testUtils__/renderPage';
import { aTenant } from '../../__fixtures__/views';
import { AppName } from './AppName';
import { PlacePicker } from './PlacePicker';

/** A field with the state that the form would keep for it. */
function Form({ field: Field, onValue }: { field: any; onValue?: jest.Mock }) {
  const [value, setValue] = useState();
  return (
    <Field
      idSchema={{ $id: 'field' }}
      schema={{ title: 'The field', description: 'What it is.' }}
      formData={value}
      onChange={(next: any) => {
        setValue(next);
        onValue?.(next);
      }}
    />
  );
}

describe('AppName', () => {
  it('explains itself, and then says what is wrong while one types', async () => {
    await renderPage(<Form field={AppName} />, new FakePortal());
    const field = screen.getByRole('textbox', { name: 'The field' });
    expect(screen.getByText('What it is.')).toBeVisible();
    await userEvent.type(field, 'My app');
    expect(screen.getByText(/must start with a lower case/)).toBeVisible();
    await userEvent.clear(field);
    await userEvent.type(field, 'my-app');
    expect(screen.getByText('What it is.')).toBeVisible();
  });
});

describe('PlacePicker', () => {
  it('chooses the only place by itself, never a protected environment', async () => {
    const portal = new FakePortal().streamsList('/tenants', [
      aTenant(),
      aTenant({ metadata: { name: 'read-only' }, myRole: 'viewer' }),
    ]);
    const chosen = jest.fn();
    await renderPage(<Form field={PlacePicker} onValue={chosen} />, portal);
    expect(await screen.findByText('rates-desk · dev')).toBeVisible();
    expect(chosen).toHaveBeenCalledWith({
      tenant: 'rates-desk',
      environment: 'dev',
    });
    await userEvent.click(screen.getByText('rates-desk · dev'));
    expect(screen.getAllByRole('option')).toHaveLength(1);
  });

  it('says what to do when one may build nowhere', async () => {
    const portal = new FakePortal().streamsList('/tenants', [
      aTenant({ myRole: 'viewer' }),
    ]);
    await renderPage(<Form field={PlacePicker} />, portal);
    expect(
      await screen.findByText(/may not create apps in any tenant/),
    ).toBeVisible();
  });
});
