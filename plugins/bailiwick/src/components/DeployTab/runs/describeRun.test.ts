import {
  apiVersion,
  type Run,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  describeOutcome,
  describeResultsPlace,
  describeSchedules,
  describeSteps,
  formatRunDuration,
} from './describeRun';

function aRun(status: Run['status'], spec: Partial<Run['spec']> = {}): Run {
  return {
    apiVersion,
    kind: 'Run',
    metadata: { name: 'report-1' },
    spec: {
      app: 'report',
      environment: 'dev',
      trigger: 'person',
      parameters: {},
      ...spec,
    },
    status,
  };
}

describe('describeResultsPlace', () => {
  it('names the connection of a bucket', () => {
    expect(describeResultsPlace({ results: { connection: 'archive' } })).toBe(
      'Results are stored in the S3 bucket of connection archive.',
    );
    expect(describeResultsPlace({})).toMatch(/on a volume in each environment/);
  });
});

describe('describeSchedules', () => {
  it('describes when and how a run starts', () => {
    expect(
      describeSchedules([{ environment: 'dev', schedule: '15 6 * * *' }]),
    ).toBe(
      'At 06:15 (UTC) in dev; also when new code is deployed or someone starts a run.',
    );
    expect(describeSchedules([])).toMatch(/^Runs when new code is deployed/);
  });

  it('shows unreadable schedules unchanged', () => {
    expect(
      describeSchedules([{ environment: 'dev', schedule: 'noon' }]),
    ).toMatch(/^noon \(UTC\)/);
  });
});

describe('words of a run', () => {
  const status: Run['status'] = {
    phase: 'Failed',
    why: 'The step quality failed.',
    startedAt: '2026-11-20T08:00:00Z',
    finishedAt: '2026-11-20T08:00:08Z',
    steps: [
      { name: 'reads', phase: 'Succeeded', rows: 1 },
      { name: 'quality', phase: 'Failed' },
    ],
  };

  it('show the result, the duration and each step', () => {
    expect(describeOutcome(aRun(status))).toBe(
      'Failed: The step quality failed.',
    );
    expect(formatRunDuration(aRun(status))).toBe('8\u00a0s');
    expect(
      formatRunDuration(
        aRun({ ...status, finishedAt: '2026-11-20T08:05:00Z' }),
      ),
    ).toBe('5\u00a0min');
    expect(describeSteps(aRun(status))).toBe('reads 1 row, quality failed');
  });

  it('show a run that has not started, or is being canceled', () => {
    expect(describeOutcome(aRun(undefined))).toBe('Pending');
    expect(
      describeOutcome(aRun({ phase: 'Running' }, { cancelled: true })),
    ).toBe('Canceling');
    expect([
      formatRunDuration(aRun(undefined)),
      describeSteps(aRun(undefined)),
    ]).toEqual(['–', '–']);
  });

  it('show a canceled run and its steps', () => {
    const canceled = aRun(
      {
        phase: 'Cancelled',
        why: 'A user canceled the run.',
        finishedAt: '2026-11-20T08:00:08Z',
        steps: [{ name: 'reads', phase: 'Cancelled' }],
      },
      { cancelled: true },
    );
    expect(describeOutcome(canceled)).toBe(
      'Canceled: A user canceled the run.',
    );
    expect(describeSteps(canceled)).toBe('reads canceled');
  });
});
