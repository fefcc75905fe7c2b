import { renderInTestApp } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import { Age, RelativeTime, relativeTime, shortAge } from './RelativeTime';

const now = Date.parse('2026-11-20T08:00:00Z');

describe('relativeTime', () => {
  it.each([
    ['2026-11-20T07:59:30Z', 'just now'],
    ['2026-11-20T08:00:30Z', 'just now'],
    ['2026-11-20T07:57:00Z', '3 minutes ago'],
    ['2026-11-20T06:30:00Z', '1 hour ago'],
    ['2026-11-17T08:00:00Z', '3 days ago'],
    ['2026-11-22T09:00:00Z', 'in 2 days'],
    ['2027-02-18T07:59:58Z', 'in 90 days'],
    ['2027-11-20T07:59:00Z', 'in 365 days'],
    ['2026-11-20T09:00:00+01:00', 'just now'],
  ])('shows %s as "%s"', (at, words) => {
    expect(relativeTime(at, now)).toBe(words);
  });
});

describe('shortAge', () => {
  it.each([
    ['2026-11-20T07:59:30Z', 'now'],
    ['2026-11-20T08:00:30Z', 'now'],
    ['2026-11-20T07:55:00Z', '5\u00a0min'],
    ['2026-11-20T05:01:00Z', '2\u00a0h'],
    ['2026-11-17T08:00:00Z', '3\u00a0d'],
    ['2025-11-20T08:00:00Z', '365\u00a0d'],
  ])('shortens %s to "%s"', (at, words) => {
    expect(shortAge(at, now)).toBe(words);
  });

  it('is beside the exact time', async () => {
    const at = '2020-01-02T03:04:05Z';
    await renderInTestApp(<Age at={at} />);
    const time = screen.getByText(/^[0-9]+ d$/);
    expect(time).toHaveAttribute('datetime', at);
    expect(time).toHaveAttribute('title', expect.stringContaining('2020'));
  });
});

describe('RelativeTime', () => {
  it('holds the exact time for machines and on hover', async () => {
    const at = '2020-01-02T03:04:05Z';
    await renderInTestApp(<RelativeTime at={at} />);
    const time = screen.getByText(/days ago/);
    expect(time).toHaveAttribute('datetime', at);
    expect(time).toHaveAttribute('title', expect.stringContaining('2020'));
  });

  it('shows a dash for no time', async () => {
    await renderInTestApp(<RelativeTime />);
    expect(screen.getByText('–')).toBeVisible();
  });
});
