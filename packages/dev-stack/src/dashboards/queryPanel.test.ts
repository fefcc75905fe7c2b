/** @jest-environment node */
import { readDashboards } from './Dashboard';
import { legendOf, withValues } from './queryPanel';

describe('queries of dashboards', () => {
  it('name series as Grafana does', () => {
    const metric = { app: 'prices', function: 'latest' };
    expect(legendOf('{{app}}/{{ function }}', metric)).toBe('prices/latest');
    expect(legendOf('{{app}} {{type}}', metric)).toBe('prices');
  });

  it('have the values of variables, otherwise they select everything', () => {
    expect(
      withValues('a{namespace=~"$namespace", app=~"$app"}', {
        namespace: 'rates--dev|rates--prod',
      }),
    ).toBe('a{namespace=~"rates--dev|rates--prod", app=~".*"}');
  });

  it('leave no variables in those of the chart', () => {
    const expressions = Object.values(readDashboards()).flatMap(({ panels }) =>
      panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
    );
    expect(expressions.length).toBeGreaterThan(20);
    for (const expression of expressions)
      expect(withValues(expression, {})).not.toContain('$');
  });
});
