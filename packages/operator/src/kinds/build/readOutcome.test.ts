import type { Build } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { cancelledOutcome, readOutcome } from './readOutcome';

const complete = { type: 'Complete', status: 'True' } as const;
const failed = {
  type: 'Failed',
  status: 'True',
  message: 'Job has reached the specified backoff limit',
} as const;
const printed = (result: object) =>
  `Locked 1 package\npolars 1.0\n${JSON.stringify(result)}\n`;
const log = 'Locked 1 package\npolars 1.0';
const retry = 'Try again. If the problem persists, contact the platform team.';

describe('readOutcome', () => {
  it('explains that the steps of a Dockerfile need too much memory', () => {
    const end = { ...failed, reason: 'PodFailurePolicy' } as const;
    expect(readOutcome('STEP 2/2: RUN make\n', end)).toEqual({
      phase: 'Failed',
      why: 'The steps of the Dockerfile need more than 1 GiB of memory.',
      log: 'STEP 2/2: RUN make',
    });
  });

  it('reads the packages and their image', () => {
    const packages = [{ name: 'polars', version: '1.0', license: 'MIT' }];
    const result = { artifact: 'r/p@sha256:00', packages, bytes: 7 };
    expect(readOutcome(printed(result), complete)).toEqual({
      phase: 'Succeeded',
      ...result,
      log,
    });
  });

  it('reads the advisories for the packages', () => {
    const advisory = {
      id: 'GHSA-1',
      package: 'polars',
      version: '1.0',
      severity: 'HIGH',
      summary: 'x'.repeat(300),
      fixed: '1.1',
    };
    const asOf = '2026-11-20T10:00:00Z';
    const found = Array.from({ length: 101 }, () => advisory);
    const advisories = { asOf, count: 101, found };
    const result = { packages: [], bytes: 0, advisories };
    const { advisories: read } = readOutcome(printed(result), complete);
    expect(read).toMatchObject({ asOf, count: 101 });
    expect(read?.found).toHaveLength(100);
    expect(read?.found[0]).toEqual({ ...advisory, summary: 'x'.repeat(200) });
  });

  it('reads that the runtime has all packages', () => {
    const outcome = readOutcome('{"packages": [], "bytes": 0}', complete);
    expect(outcome).toEqual({ phase: 'Succeeded', packages: [], bytes: 0 });
  });

  it('trusts no packages of a build that was killed', () => {
    const result = { artifact: 'r/p@sha256:00', packages: [] };
    expect(readOutcome(printed(result), failed)).toMatchObject({
      phase: 'Failed',
      next: retry,
    });
  });

  it('reads the first problem with its line', () => {
    const problems = [
      { line: 3, message: 'polars is not allowed', file: 'requirements.txt' },
      { line: 4, message: 'no' },
    ];
    expect(readOutcome(printed({ problems, count: 9 }), complete)).toEqual({
      phase: 'Failed',
      why: 'polars is not allowed (and 8 more).',
      line: 3,
      log,
    });
  });

  it('reads errors that a later attempt can avoid', () => {
    const error = 'The registry is full';
    expect(readOutcome(printed({ error }), failed)).toMatchObject({
      phase: 'Failed',
      why: 'The registry is full.',
      next: retry,
    });
  });

  it.each([
    ['', failed, ': Job has reached the specified backoff limit'],
    ['Traceback\nMemoryError', failed, ': Job has reached the specified'],
    ['{"packages": "all"}', complete, '.'],
    ['[]', complete, '.'],
  ])('reports %j without a result', (text, end, words) => {
    const { next, phase, why } = readOutcome(text, end);
    expect(phase).toBe('Failed');
    expect(why).toContain(`The build ended without a result${words}`);
    expect(next).toBe(retry);
  });

  it('keeps the last line of a build that was killed', () => {
    expect(readOutcome('Locked 1 package\nMemoryError', failed).log).toBe(
      'Locked 1 package\nMemoryError',
    );
  });

  it('truncates what does not fit in a status', () => {
    const text = `${'x'.repeat(9000)}\n${JSON.stringify({
      error: 'y'.repeat(9000),
    })}`;
    const outcome = readOutcome(text, complete);
    expect(outcome.log).toHaveLength(8000);
    expect(outcome.why!.length).toBeLessThanOrEqual(2000);
  });
});

describe('cancelledOutcome', () => {
  const build = { spec: { cancelledBy: 'user:default/bea' } } as Build;
  const outcome = {
    phase: 'Cancelled',
    why: 'The build was cancelled by user:default/bea.',
    next: 'On the Builds tab of the app, choose Build again.',
  };

  it('names the person, and needs no log', () => {
    expect(cancelledOutcome(build)).toEqual(outcome);
  });

  it('keeps the log so far, without a result that came too late', () => {
    expect(cancelledOutcome(build, log)).toEqual({ ...outcome, log });
    const late = printed({ artifact: 'r/p@sha256:00', packages: [] });
    expect(cancelledOutcome(build, late)).toEqual({ ...outcome, log });
  });
});
