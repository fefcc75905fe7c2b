import { render, screen } from '@testing-library/react';
import { LineChart } from './LineChart';

describe('LineChart', () => {
  /** The labels of the value axis, from above. */
  function labels(values: (number | undefined)[]): (string | null)[] {
    const points = values.map((value, second) => ({
      at: new Date(second * 1_000).toISOString(),
      value,
    }));
    const { container } = render(
      <LineChart title="Calls/min" format={String} points={points} />,
    );
    return [...container.querySelectorAll('text')].map(
      ({ textContent }) => textContent,
    );
  }

  it('labels its axis from the highest value to zero', () => {
    expect(labels([1, 3, 2])).toEqual(['3', '0']);
  });

  it('has one label where all values are zero', () => {
    expect(labels([0, 0])).toEqual(['0']);
  });

  it('has no labels where nothing was measured, and says so', () => {
    expect(labels([undefined])).toEqual([]);
    expect(
      screen.getByRole('img', { name: 'Calls/min: none' }),
    ).toBeInTheDocument();
  });
});
