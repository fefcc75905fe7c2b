import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { NumberStepper } from './NumberStepper';

function Memory({ onValue }: { onValue: (value?: number) => void }) {
  const [value, setValue] = useState<number | undefined>(3.5);
  return (
    <NumberStepper
      id="memory"
      label="Memory"
      unit="GiB"
      min={0.5}
      max={4}
      step={0.5}
      value={value}
      onChange={next => {
        setValue(next);
        onValue(next);
      }}
    />
  );
}

describe('NumberStepper', () => {
  const onValue = jest.fn();
  beforeEach(() => {
    onValue.mockClear();
    render(<Memory onValue={onValue} />);
  });
  const field = () => screen.getByRole('spinbutton', { name: 'Memory' });
  const button = (name: string) => screen.getByRole('button', { name });

  it('changes in steps, up to its limits', async () => {
    expect(screen.getByText('GiB')).toBeVisible();
    await userEvent.click(button('Increase Memory'));
    expect(field()).toHaveValue(4);
    expect(button('Increase Memory')).toBeDisabled();
    await userEvent.click(button('Decrease Memory'));
    expect(onValue.mock.calls).toEqual([[4], [3.5]]);
  });

  it('accepts typed numbers, also above the limit, which the form checks', async () => {
    await userEvent.clear(field());
    expect(field()).toHaveValue(null);
    await userEvent.type(field(), '12.5');
    expect(onValue).toHaveBeenLastCalledWith(12.5);
    await userEvent.click(button('Decrease Memory'));
    expect(field()).toHaveValue(4);
  });

  it('is one stop of the keyboard', async () => {
    await userEvent.tab();
    expect(field()).toHaveFocus();
    await userEvent.tab();
    expect(document.body).toHaveFocus();
  });
});
