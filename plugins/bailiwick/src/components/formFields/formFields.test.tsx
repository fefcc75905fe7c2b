import { fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { FakePortal } from '../../__fixtures__/FakePortal';
import { FieldForm as Form } from '../../__testUtils__/FieldForm';
import { renderPage } from '../../__testUtils__/renderPage';
import { anApp, aTenant } from '../../__fixtures__/views';
import { AppName, appNameField } from './AppName';
import { NumberAnswer, numberAnswerField } from './NumberAnswer';
import { TextAnswer, textAnswerField } from './TextAnswer';
import { PlacePicker, placePickerField } from './PlacePicker';

describe('AppName', () => {
  it('explains itself, and reports problems during typing', async () => {
    await renderPage(<Form field={AppName} />, new FakePortal());
    const field = screen.getByRole('textbox', { name: 'The field' });
    expect(screen.getByText('What it is.')).toBeVisible();
    await userEvent.type(field, 'My app');
    expect(screen.getByText(/must start with a lowercase/)).toBeVisible();
    await userEvent.clear(field);
    await userEvent.type(field, 'my-app');
    expect(screen.getByText('What it is.')).toBeVisible();
  });
});

const inRatesDesk = {
  place: { tenant: 'rates-desk', environment: 'dev' },
};

describe('AppName in a tenant', () => {
  const portal = () => new FakePortal().streamsList('/apps', [anApp()]);

  it('refuses a name that another app of the tenant has, as one types', async () => {
    await renderPage(<Form field={AppName} others={inRatesDesk} />, portal());
    await userEvent.type(screen.getByRole('textbox'), 'month-end-prices');
    expect(
      await screen.findByText(/App "month-end-prices" already exists/),
    ).toBeVisible();
    await userEvent.type(screen.getByRole('textbox'), '-2');
    expect(screen.getByText('What it is.')).toBeVisible();
  });

  it('follows the title until one chooses another name', async () => {
    const form = (title: string) => (
      <Form field={AppName} others={{ ...inRatesDesk, title }} />
    );
    await renderPage(<Titled form={form} />, portal());
    const title = screen.getByLabelText('Title');
    await userEvent.type(title, 'Share prices');
    const name = screen.getByRole('textbox', { name: 'The field' });
    expect(name).toHaveValue('share-prices');
    await userEvent.type(name, '-2');
    await userEvent.type(title, ' new');
    expect(name).toHaveValue('share-prices-2');
  });

  it('does not block the form with the message about an earlier empty name', async () => {
    const form = (title: string) => (
      <Form field={AppName} others={{ ...inRatesDesk, title }} />
    );
    await renderPage(<Titled form={form} />, portal());
    const name = screen.getByRole<HTMLInputElement>('textbox', {
      name: 'The field',
    });
    fireEvent.invalid(name);
    expect(name.validationMessage).toBe('Enter a name for the app');
    await userEvent.type(screen.getByLabelText('Title'), 'Share prices');
    expect(name).toHaveValue('share-prices');
    expect(name.validationMessage).toBe('');
  });

  it('asks for a name if the title has none', async () => {
    const form = (title: string) => (
      <Form field={AppName} others={{ ...inRatesDesk, title }} />
    );
    await renderPage(<Titled form={form} />, portal());
    await userEvent.type(screen.getByLabelText('Title'), '日本');
    expect(
      screen.getByText(/This title can’t be turned into a name/),
    ).toBeVisible();
  });

  it.each([
    [undefined, /^Enter a name for the app$/],
    ['My app', /must start with a lowercase letter/],
    ['month-end-prices', /App "month-end-prices" already exists/],
  ])('does not go on with the name %s', async (name, words) => {
    const { client } = portal().answers('GET /apps', { items: [anApp()] });
    const addError = jest.fn();
    await appNameField.validation(
      name as string,
      { addError } as never,
      { apiHolder: { get: () => client }, formData: inRatesDesk } as never,
    );
    expect(addError).toHaveBeenCalledWith(expect.stringMatching(words));
  });
});

/** A form field under a title that one can type. */
function Titled({ form }: { form: (title: string) => JSX.Element }) {
  const [title, setTitle] = useState('');
  return (
    <>
      <input
        aria-label="Title"
        value={title}
        onChange={event => setTitle(event.target.value)}
      />
      {form(title)}
    </>
  );
}

describe('TextAnswer', () => {
  const schema = {
    pattern: '^[0-9]{4}-[0-9]{2}$',
    errorMessage: { pattern: 'must have a format such as 2009-12' },
  };
  const uiSchema = {
    'ui:options': { notBefore: { name: 'start', title: 'First month' } },
  };
  const answers = { start: '2009-06' };

  it('explains the format and the limits during typing', async () => {
    await renderPage(
      <Form
        field={TextAnswer}
        schema={schema}
        uiSchema={uiSchema}
        others={answers}
      />,
      new FakePortal(),
    );
    const field = screen.getByRole('textbox');
    await userEvent.type(field, '2009-0');
    expect(
      screen.getByText('The field must have a format such as 2009-12'),
    ).toBeVisible();
    await userEvent.type(field, '5');
    expect(
      screen.getByText('The field must not be before First month, 2009-06'),
    ).toBeVisible();
    await userEvent.type(field, '{Backspace}7');
    expect(screen.getByText('What it is.')).toBeVisible();
  });

  it('refuses a text over the limit as one types, with numbers', async () => {
    await renderPage(
      <Form field={TextAnswer} schema={{ maxLength: 5 }} />,
      new FakePortal(),
    );
    await userEvent.type(screen.getByRole('textbox'), 'prices');
    expect(
      screen.getByText('The field can have at most 5 characters; it has 6'),
    ).toBeVisible();
  });

  it('continues after the answer was removed', async () => {
    const addError = jest.fn();
    await textAnswerField.validation(
      undefined as never,
      { addError } as never,
      { formData: answers, schema, uiSchema } as never,
    );
    expect(addError).not.toHaveBeenCalled();
  });

  it('does not go on with an answer before the one it must follow', async () => {
    const addError = jest.fn();
    await textAnswerField.validation(
      '2009-05',
      { addError } as never,
      { formData: answers, schema, uiSchema } as never,
    );
    expect(addError).toHaveBeenCalledWith(
      'must not be before First month, 2009-06',
    );
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
    expect(await screen.findByText('Rates desk · dev')).toBeVisible();
    expect(chosen).toHaveBeenCalledWith({
      tenant: 'rates-desk',
      environment: 'dev',
      label: 'Rates desk · dev',
    });
    await userEvent.click(screen.getByText('Rates desk · dev'));
    expect(screen.getAllByRole('option')).toHaveLength(1);
  });

  it('starts with the tenant that one came from', async () => {
    const portal = new FakePortal().streamsList('/tenants', [
      aTenant(),
      aTenant({
        metadata: { name: 'fx-desk' },
        spec: { ...aTenant().spec, title: 'FX desk' },
      }),
    ]);
    const chosen = jest.fn();
    await renderPage(
      <Form
        field={PlacePicker}
        value={{ tenant: 'fx-desk' }}
        onValue={chosen}
      />,
      portal,
    );
    expect(await screen.findByText('FX desk · dev')).toBeVisible();
    expect(chosen).toHaveBeenCalledWith({
      tenant: 'fx-desk',
      environment: 'dev',
      label: 'FX desk · dev',
    });
  });

  const full = {
    status: {
      environments: [
        {
          name: 'dev',
          namespace: 'rates-desk--dev',
          ready: true,
          used: { apps: 2, pods: 2, cpu: '1', memory: '1Gi' },
          limit: { apps: 2, pods: 4, cpu: '2', memory: '2Gi' },
        },
      ],
    },
  };

  it('disables an environment without room, with numbers', async () => {
    const portal = new FakePortal().streamsList('/tenants', [
      aTenant(full as object),
      aTenant({ metadata: { name: 'fx-desk' } }),
    ]);
    const chosen = jest.fn();
    await renderPage(<Form field={PlacePicker} onValue={chosen} />, portal);
    await userEvent.click(await screen.findByText('Rates desk · dev'));
    const [first, second] = screen.getAllByRole('option');
    expect(first).toHaveTextContent(/\(full: 2 of 2 apps used\)/);
    expect(first).toHaveAttribute('aria-disabled', 'true');
    expect(second).not.toHaveAttribute('aria-disabled', 'true');
    expect(chosen).toHaveBeenCalledWith(
      expect.objectContaining({ tenant: 'fx-desk' }),
    );
  });

  it('reports that there is no room anywhere, with the next step', async () => {
    const portal = new FakePortal().streamsList('/tenants', [
      aTenant(full as object),
    ]);
    await renderPage(<Form field={PlacePicker} />, portal);
    expect(
      await screen.findByText(/2 of 2 apps used.* request a larger plan/),
    ).toBeVisible();
  });

  it('does not go on without a place', async () => {
    const addError = jest.fn();
    await placePickerField.validation(
      {} as never,
      { addError } as never,
      {} as never,
    );
    expect(addError).toHaveBeenCalledWith('is required');
  });

  it('shows the next step if the person cannot build anywhere', async () => {
    const portal = new FakePortal().streamsList('/tenants', [
      aTenant({ myRole: 'viewer' }),
    ]);
    await renderPage(<Form field={PlacePicker} />, portal);
    expect(
      await screen.findByText(/^You can’t create apps in any tenant/),
    ).toBeVisible();
  });
});

describe('NumberAnswer', () => {
  const bounds = { type: 'number', minimum: 0, maximum: 100 };

  it('shows its unit and reports problems during typing', async () => {
    const onValue = jest.fn();
    await renderPage(
      <Form
        field={NumberAnswer}
        onValue={onValue}
        schema={bounds}
        uiSchema={{ 'ui:options': { unit: 'Cel' } }}
      />,
      new FakePortal(),
    );
    const field = screen.getByRole('spinbutton', { name: 'The field' });
    expect(screen.getByText('Cel')).toBeVisible();
    await userEvent.type(field, '120.5');
    expect(onValue).toHaveBeenLastCalledWith(120.5);
    expect(screen.getByText('The field must be at most 100')).toBeVisible();
    await userEvent.clear(field);
    expect(onValue).toHaveBeenLastCalledWith(undefined);
    expect(screen.getByText('What it is.')).toBeVisible();
  });

  it.each([
    [1.5, { type: 'integer' }, 'must be a whole number'],
    [-1, bounds, 'must be at least 0'],
    [0, { exclusiveMinimum: 0 }, 'must be more than 0'],
    [1, { exclusiveMaximum: 1 }, 'must be less than 1'],
    [3, { type: 'number' }, 'must not be before Low, 5'],
  ])('does not go on with %p of %j', (value, schema, words) => {
    const addError = jest.fn();
    numberAnswerField.validation(
      value,
      { addError } as never,
      {
        formData: { low: 5 },
        schema,
        uiSchema: {
          'ui:options': { notBefore: { name: 'low', title: 'Low' } },
        },
      } as never,
    );
    expect(addError).toHaveBeenCalledWith(words);
  });

  it('accepts valid and empty answers', () => {
    const addError = jest.fn();
    const context = { formData: {}, schema: bounds } as never;
    numberAnswerField.validation(7, { addError } as never, context);
    numberAnswerField.validation(
      undefined as never,
      { addError } as never,
      context,
    );
    expect(addError).not.toHaveBeenCalled();
  });
});

describe('TextAnswer of a day', () => {
  it('offers the browser’s calendar', async () => {
    await renderPage(
      <Form field={TextAnswer} schema={{ type: 'string', format: 'date' }} />,
      new FakePortal(),
    );
    expect(screen.getByLabelText('The field')).toHaveAttribute('type', 'date');
  });
});
