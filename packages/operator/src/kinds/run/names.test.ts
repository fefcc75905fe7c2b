import {
  jobName,
  scheduledJobName,
  scheduledRunName,
  startRunName,
} from './names';

const long = 'a'.repeat(40);

describe('names of runs and their Jobs', () => {
  it('are unique for each step of a run, also if the name is too long for a Job', () => {
    expect(jobName('monday', 1)).toBe('monday-1');
    const run = startRunName(long, 'b'.repeat(20), `sha256:${'c'.repeat(64)}`);
    const names = [1, 2, 12].map(position => jobName(run, position));
    expect(new Set(names).size).toBe(3);
    for (const name of names) expect(name.length).toBeLessThanOrEqual(57);
    expect(jobName(`${run}.2`, 1)).not.toBe(names[0]);
  });

  it('are no others than those of another app or of a person', () => {
    const ofLine = scheduledRunName('line', 'x-dev', 'line-29500000');
    const ofLineX = scheduledRunName('line-x', 'dev', 'line-x-29500000');
    expect(ofLine).not.toBe(ofLineX);
    const job = jobName(ofLine, 1);
    // One label of DNS, with a part that no name of a person's run contains.
    expect(job).toMatch(/^[a-z0-9-]*--[a-z0-9-]*$/);
    expect(jobName(ofLineX, 1)).not.toBe(job);
  });

  it('distinguish code and its second start', () => {
    const digest = `sha256:0123456789abcdef`;
    expect(startRunName('flow', 'dev', digest)).toBe('flow.dev.0123456789');
    expect(startRunName('flow', 'dev', digest, 2)).toBe(
      'flow.dev.0123456789.2',
    );
  });

  it('lead from the Job of the clock to its run and back', () => {
    const run = scheduledRunName('night-ly', 'dev', 'night-ly-29500000');
    expect(run).toBe('night-ly.dev.29500000');
    expect(scheduledJobName('night-ly', 'dev', run)).toBe('night-ly-29500000');
  });
});
