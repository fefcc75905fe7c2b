import type { AppEnvironmentStatus } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HealthChecks } from './HealthChecks';

const since = '2026-01-01T10:00:00Z';
const status = (fields: Partial<AppEnvironmentStatus>) =>
  ({ name: 'dev', contract: { functions: [] }, ...fields } as never);

describe('HealthChecks', () => {
  it('shows nothing for code without checks', () => {
    const { container } = render(<HealthChecks status={status({})} />);
    expect(container).toBeEmptyDOMElement();
  });

  it('shows each by its condition, with the problem', () => {
    const checks = [
      { name: 'whole', description: 'The curve is whole.\n\nNo gaps.' },
      { name: 'recent', title: 'Recent' },
      { name: 'fresh' },
    ];
    render(
      <HealthChecks
        status={status({
          contract: { functions: [], checks },
          checks: [
            { name: 'whole', state: 'Passed', message: '', since },
            { name: 'recent', state: 'Failed', message: 'It is old.', since },
          ],
        })}
      />,
    );
    const [whole, recent, fresh] = screen.getAllByRole('listitem');
    expect(whole).toHaveTextContent('passedThe curve is whole.');
    expect(recent).toHaveTextContent(/^failedRecentIt is old\./);
    expect(fresh).toHaveTextContent('unknownfresh');
  });

  it('folds several checks that all pass', async () => {
    const checks = ['whole', 'recent'].map(name => ({ name }));
    const passed = { state: 'Passed' as const, message: '', since };
    render(
      <HealthChecks
        status={status({
          contract: { functions: [], checks },
          checks: checks.map(({ name }) => ({ ...passed, name })),
        })}
      />,
    );
    expect(screen.queryByText('whole')).toBeNull();
    const fold = screen.getByRole('button', { name: 'All 2 passed' });
    await userEvent.click(fold);
    expect(fold).toHaveAttribute('aria-expanded', 'true');
    expect(screen.getByText('whole')).toBeVisible();
    expect(screen.getByText('recent')).toBeVisible();
  });
});
