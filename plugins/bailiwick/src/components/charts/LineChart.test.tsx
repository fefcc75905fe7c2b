import { render, screen, waitFor } from '@testing-library/react';
import { LineChart } from './LineChart';

describe('LineChart', () => {
  /** Draws values of one second each; returns the drawing once the library is loaded. */
  async function draw(...values: (number | undefined)[]) {
    const points = values.map((value, second) => ({
      at: new Date(second * 1_000).toISOString(),
      value,
    }));
    const { container } = render(
      <LineChart title="Calls/min" format={String} points={points} />,
    );
    await waitFor(() =>
      expect(
        container.querySelector('.recharts-xAxis-tick-labels'),
      ).not.toBeNull(),
    );
    return container;
  }

  /** Returns the labels of an axis: upwards, or from the left. */
  const labels = (drawing: HTMLElement, axis: 'xAxis' | 'yAxis') =>
    [...drawing.querySelectorAll(`.recharts-${axis}-tick-labels text`)].map(
      ({ textContent }) => textContent,
    );

  it('labels its axis from zero to beyond the highest value', async () => {
    const ticks = labels(await draw(1, 3, 2), 'yAxis').map(Number);
    expect(ticks[0]).toBe(0);
    expect(ticks.at(-1)).toBeGreaterThanOrEqual(3);
    expect(ticks).toEqual([...ticks].sort((a, b) => a - b));
  });

  it('begins at zero where all values are zero', async () => {
    expect(labels(await draw(0, 0), 'yAxis')[0]).toBe('0');
  });

  it('has no value labels without values, and reports it', async () => {
    expect(labels(await draw(undefined), 'yAxis')).toEqual([]);
    expect(screen.getByText('No data')).toBeVisible();
    expect(
      screen.getByRole('img', { name: 'Calls/min: none' }),
    ).toBeInTheDocument();
  });

  it('labels the times', async () => {
    const times = labels(await draw(1, 2), 'xAxis');
    expect(times.length).toBeGreaterThan(0);
    for (const time of times) expect(time).toMatch(/^\d\d:\d\d:\d\d$/);
  });

  it('draws a point that no line leads to', async () => {
    const drawing = await draw(1, undefined, 2, 3);
    expect(drawing.querySelectorAll('circle')).toHaveLength(1);
  });

  it('survives values that are no numbers', async () => {
    await draw(NaN, Infinity, 2);
    expect(
      screen.getByRole('img', { name: 'Calls/min: 2 now, 2 at most' }),
    ).toBeInTheDocument();
  });
});
