import { renderInTestApp } from '@backstage/test-utils';
import { healthWords } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { act, render, screen } from '@testing-library/react';
import { LiveContent } from '../layout/LiveContent';
import type { Live } from '../live/useLive';
import { ConditionList } from './ConditionList';
import { HealthChip } from './HealthChip';

describe('HealthChip', () => {
  it.each(healthWords)('shows %s by word and icon', async health => {
    const { container } = await renderInTestApp(<HealthChip health={health} />);
    expect(screen.getByText(health)).toBeVisible();
    expect(container.querySelector('svg')).toHaveAttribute('aria-hidden');
  });
});

describe('HealthChip of a value that may be out of date', () => {
  const live = (fields: Partial<Live<string>> = {}): Live<string> => ({
    value: 'app',
    error: undefined,
    isLive: true,
    heardAt: Date.now(),
    ...fields,
  });
  const page = (shown: Live<string>) => (
    <LiveContent live={shown} what="The app">
      {() => <HealthChip health="Healthy" />}
    </LiveContent>
  );
  /** Color of the icon. */
  const color = (container: HTMLElement) =>
    getComputedStyle(container.querySelector('svg')!).color;

  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it.each(['cluster', 'operator'] as const)(
    'is stale while the %s does not respond, and not afterwards',
    who => {
      const { container, rerender } = render(page(live()));
      const healthy = color(container);
      expect(screen.getByText('Healthy')).toBeVisible();
      const lost = { who, at: Date.now() - 12_000, why: 'No response.' };
      rerender(page(live({ isLive: false, lost })));
      expect(screen.getByText('Healthy (stale)')).toBeVisible();
      expect(color(container)).not.toBe(healthy);
      rerender(page(live()));
      expect(screen.getByText('Healthy')).toBeVisible();
      expect(color(container)).toBe(healthy);
    },
  );

  it('is stale if the portal is not responding for longer than a reconnect takes', async () => {
    const { rerender } = render(page(live()));
    rerender(page(live({ isLive: false, error: new Error('gone') })));
    await act(() => jest.advanceTimersByTimeAsync(2_000));
    expect(screen.getByText('Healthy')).toBeVisible();
    await act(() => jest.advanceTimersByTimeAsync(1_000));
    expect(screen.getByText('Healthy (stale)')).toBeVisible();
  });

  it('is stale while only the cluster of its environment does not respond', () => {
    const stale = { since: '2026-11-20T08:00:00Z', why: 'No response.' };
    render(<HealthChip health="Healthy" stale={stale} />);
    expect(screen.getByText('Healthy (stale)')).toBeVisible();
  });
});

describe('ConditionList', () => {
  it('describes true conditions', async () => {
    await renderInTestApp(
      <ConditionList
        conditions={[
          {
            type: 'NetworkReady',
            status: 'True',
            reason: 'Applied',
            message: 'All rules are in force.',
            lastTransitionTime: '2026-11-20T08:00:00Z',
          },
          {
            type: 'Ready',
            status: 'False',
            reason: 'Waiting',
            message: 'One environment is missing.',
            lastTransitionTime: '2026-11-20T08:00:00Z',
          },
        ]}
      />,
    );
    expect(screen.getByText('Network ready')).toBeVisible();
    expect(screen.getByText(/All rules are in force/)).toBeVisible();
    expect(screen.getByLabelText('Done')).toBeVisible();
    expect(screen.getByLabelText('Not yet')).toBeVisible();
  });

  it('is empty without conditions', async () => {
    await renderInTestApp(<ConditionList />);
    expect(screen.queryByRole('listitem')).toBeNull();
  });
});
