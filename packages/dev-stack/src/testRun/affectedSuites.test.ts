import { affectedSources, isAffected } from './affectedSuites';
import { existing } from './changedFiles';

const source = 'packages/dev-stack/src/testRun/affectedSuites.ts';
const rules = 'plugins/bailiwick-common/src/rules/index.ts';

describe('npm test -- changed', () => {
  it.each([
    ['unit.xml', rules, true],
    ['unit.xml', 'packages/gateway/src/__fixtures__/prices.json', true],
    ['unit.xml', 'docs/guide/metrics.md', false],
    ['lint.xml', 'docs/guide/metrics.md', true],
    ['types.xml', 'plugins/bailiwick-common/report.api.md', true],
    ['types.xml', 'packages/function-runtime/src/serve.py', false],
    ['python.xml', 'packages/function-runtime/src/serve.py', true],
    ['examples.xml', 'plugins/bailiwick-react/src/table/RowTable.tsx', true],
    ['examples.xml', 'packages/gateway/src/main.ts', false],
    ['go.xml', 'packages/local-cluster/go/netpol/deleted.go', true],
    ['e2e.xml', 'packages/dev-stack/src/demo/steps.ts', true],
    ['e2e.xml', rules, false],
    ['benchmarks.xml', 'bench/src/main.ts', true],
  ])('decides about %s after a change of %s', (report, file, expected) => {
    expect(isAffected(report, [file])).toBe(expected);
  });

  it('tests the dependents of changed sources, without deleted ones', () => {
    expect(existing([rules, 'plugins/gone.ts'])).toEqual([rules]);
    expect(affectedSources([rules, 'plugins/gone.ts'])).toEqual([rules]);
  });

  it('tests the whole package of a changed file that is no source', () => {
    const sources = affectedSources(['packages/testing/src/gone.json']);
    expect(sources).toContain('packages/testing/src/objects.ts');
    expect(sources?.every(file => file.startsWith('packages/testing/'))).toBe(
      true,
    );
  });

  it.each(['yarn.lock', 'charts/bailiwick/Chart.yaml', source])(
    'tests everything after a change of %s',
    file => expect(affectedSources([file])).toBeUndefined(),
  );

  it('tests nothing after a change of documentation', () => {
    expect(affectedSources(['docs/limits.md'])).toEqual([]);
  });
});
