import type { Build } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { judgeAdvisories } from './judgeAdvisories';

const asOf = '2026-11-20T10:00:00Z';
const advisory = (id: string, fields = {}) => ({
  id,
  package: 'polars',
  version: '1.0',
  severity: '',
  summary: 'Reads too much.',
  fixed: '',
  ...fields,
});

const judge = (found: ReturnType<typeof advisory>[], count = found.length) =>
  judgeAdvisories({
    status: { phase: 'Succeeded', advisories: { asOf, count, found } },
  } as Build);

describe('judgeAdvisories', () => {
  it('passes packages without advisories, and names the age of the database', () => {
    expect(judge([])).toEqual({
      verdict: 'Passed',
      detail:
        'No advisories apply to the packages. Advisory database as of 2026-11-20.',
    });
  });

  it('lists advisories with what is known of them', () => {
    const known = { severity: 'HIGH', fixed: '1.1' };
    expect(judge([advisory('GHSA-1', known), advisory('PYSEC-2')])).toEqual({
      verdict: 'Failed',
      detail:
        '2 advisories for the packages: GHSA-1 (polars 1.0, HIGH, fixed in 1.1); PYSEC-2 (polars 1.0). Advisory database as of 2026-11-20.',
    });
  });

  it('shortens long lists and names', () => {
    const found = ['A-1', 'A-2', 'A-3', 'A-4'].map(id => advisory(id));
    expect(judge(found, 120)?.detail).toContain('; and 117 more. ');
    const long = judge([advisory('A-1', { package: 'p'.repeat(600) })]);
    expect(long?.detail).toHaveLength(500);
  });

  it('does not judge builds that were compared with no database', () => {
    const build = { status: { phase: 'Succeeded', packages: [] } };
    expect(judgeAdvisories(build as unknown as Build)).toBeUndefined();
  });
});
