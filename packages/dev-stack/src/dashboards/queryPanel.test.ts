/** @jest-environment node */
import { readDashboards } from './Dashboard';
import { legendOf, withoutVariables } from './queryPanel';

describe('queries of dashboards', () => {
  it('name series as Grafana does', () => {
    const metric = { app: 'prices', function: 'latest' };
    expect(legendOf('{{app}}/{{ function }}', metric)).toBe('prices/latest');
    expect(legendOf('{{app}} {{type}}', metric)).toBe('prices');
  });

  it('select everything', () => {
    expect(withoutVariables('a{namespace=~"$namespace", app=~"$app"}')).toBe(
      'a{namespace=~".*", app=~".*"}',
    );
  });

  it('leave no variables in those of the chart', () => {
    const expressions = Object.values(readDashboards()).flatMap(({ panels }) =>
      panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
    );
    expect(expressions.length).toBeGreaterThan(20);
    for (const expression of expressions)
      expect(withoutVariables(expression)).not.toContain('$');
  });
});
