import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { FakePortal } from '../../__fixtures__/FakePortal';
import { FieldForm as Form } from '../../__testUtils__/FieldForm';
import { renderPage } from '../../__testUtils__/renderPage';
import { ChoiceAnswer, choiceAnswerField } from './ChoiceAnswer';

describe('ChoiceAnswer', () => {
  const schema = {
    title: 'Port',
    enum: ['DEBRV', 'DEHAM', 'NLRTM'],
    enumNames: ['Bremerhaven', 'Hamburg', 'Rotterdam'],
  };
  const narrowed = {
    parameter: 'country',
    title: 'Country',
    values: { DE: ['DEBRV', 'DEHAM'], NL: ['NLRTM'] },
  };
  const uiSchema = { 'ui:options': { narrowed } };
  const stale =
    /can't be Hamburg \(DEHAM\) with this answer to Country: choose Rotterdam \(NLRTM\)$/;

  function ports() {
    return screen
      .getAllByRole('option')
      .map(({ textContent, ariaDisabled }) =>
        ariaDisabled === 'true' ? `(${textContent})` : textContent,
      );
  }

  function PortOf({
    onValue,
    required,
    type,
  }: {
    onValue: jest.Mock;
    required?: boolean;
    type?: string;
  }) {
    const [country, setCountry] = useState<string>();
    return (
      <>
        <button onClick={() => setCountry('DE')}>Germany</button>
        <button onClick={() => setCountry('NL')}>Netherlands</button>
        <Form
          field={ChoiceAnswer}
          onValue={onValue}
          others={{ country }}
          required={required}
          schema={
            type ? { title: 'Port', type, items: schema } : (schema as object)
          }
          uiSchema={uiSchema}
        />
      </>
    );
  }

  it('offers compatible choices, and rejects a stale one', async () => {
    const onValue = jest.fn();
    await renderPage(<PortOf onValue={onValue} required />, new FakePortal());
    expect(screen.getByText('Choose Country first')).toBeVisible();
    await userEvent.click(screen.getByText('Germany'));
    await userEvent.click(screen.getByRole('button', { name: /Port/ }));
    expect(ports()).toEqual(['Bremerhaven', 'Hamburg']);
    await userEvent.click(screen.getByRole('option', { name: 'Hamburg' }));
    expect(onValue).toHaveBeenLastCalledWith('DEHAM');
    await userEvent.click(screen.getByText('Netherlands'));
    expect(screen.getByText(stale)).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: /Hamburg/ }));
    expect(ports()).toEqual(['(Hamburg)', 'Rotterdam']);
    await userEvent.click(screen.getByRole('option', { name: 'Rotterdam' }));
    expect(onValue).toHaveBeenLastCalledWith('NLRTM');
    expect(screen.getByText('What it is.')).toBeVisible();
  });

  it('accepts several choices of a list', async () => {
    const onValue = jest.fn();
    await renderPage(
      <PortOf onValue={onValue} type="array" />,
      new FakePortal(),
    );
    await userEvent.click(screen.getByText('Germany'));
    await userEvent.click(screen.getByRole('button', { name: /Port/ }));
    await userEvent.click(screen.getByRole('option', { name: 'Hamburg' }));
    await userEvent.click(screen.getByRole('option', { name: 'Bremerhaven' }));
    expect(onValue).toHaveBeenLastCalledWith(['DEHAM', 'DEBRV']);
    await userEvent.keyboard('{Escape}');
    await userEvent.click(screen.getByText('Netherlands'));
    await userEvent.click(screen.getByRole('button', { name: /Port/ }));
    expect(ports()).toEqual(['Hamburg', 'Bremerhaven', 'Rotterdam']);
    await userEvent.click(screen.getByRole('option', { name: 'Hamburg' }));
    await userEvent.click(screen.getByRole('option', { name: 'Rotterdam' }));
    await userEvent.click(screen.getByRole('option', { name: 'Bremerhaven' }));
    expect(onValue).toHaveBeenLastCalledWith(['NLRTM']);
    expect(ports()).toEqual(['Rotterdam']);
    expect(screen.getByText('What it is.')).toBeInTheDocument();
  });

  it('clears the answer to an optional choice', async () => {
    const onValue = jest.fn();
    await renderPage(<PortOf onValue={onValue} />, new FakePortal());
    await userEvent.click(screen.getByText('Germany'));
    await userEvent.click(screen.getByRole('button', { name: /Port/ }));
    expect(ports()).toEqual(['None', 'Bremerhaven', 'Hamburg']);
    await userEvent.click(screen.getByRole('option', { name: 'Hamburg' }));
    await userEvent.click(screen.getByRole('button', { name: /Hamburg/ }));
    await userEvent.click(screen.getByRole('option', { name: 'None' }));
    expect(onValue).toHaveBeenLastCalledWith(undefined);
  });

  it.each([
    ['DEHAM', 'NL', [expect.stringMatching(stale)]],
    [['DEHAM'], 'NL', [expect.stringMatching(stale)]],
    ['DEHAM', 'DE', []],
    [undefined, 'DE', []],
  ])('for %j and %s returns %j', async (answer, country, problems) => {
    const addError = jest.fn();
    await choiceAnswerField.validation(
      answer as string,
      { addError } as never,
      {
        formData: { country },
        schema: Array.isArray(answer)
          ? { type: 'array', items: schema }
          : schema,
        uiSchema,
      } as never,
    );
    expect(addError.mock.calls.flat()).toEqual(problems);
  });
});
