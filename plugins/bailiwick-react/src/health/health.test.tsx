import { renderInTestApp } from '@backstage/test-utils';
import { healthWords } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { screen } from '@testing-library/react';
import { ConditionList } from './ConditionList';
import { HealthChip } from './HealthChip';

describe('HealthChip', () => {
  it.each(healthWords)('tells %s by word and icon', async health => {
    const { container } = await renderInTestApp(<HealthChip health={health} />);
    expect(screen.getByText(health)).toBeVisible();
    expect(container.querySelector('svg')).toHaveAttribute('aria-hidden');
  });
});

describe('ConditionList', () => {
  it('tells what holds, in words', async () => {
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
