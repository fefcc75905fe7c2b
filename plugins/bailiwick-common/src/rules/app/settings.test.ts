import { scheduleIn, settingsIn } from './settings';

const settings = {
  type: 'object',
  properties: {
    when: { type: 'string', default: '0 6 * * *' },
    least: { type: 'integer', default: 3 },
  },
};
const run = { steps: [], keep: 1, seconds: 1, storage: '1Gi' };

describe('settingsIn', () => {
  it('has the defaults where nothing is set', () => {
    expect(settingsIn({ settings }, { parameters: { least: 5 } })).toEqual({
      when: '0 6 * * *',
      least: 5,
    });
    expect(settingsIn({}, {})).toEqual({});
  });
});

describe('scheduleIn', () => {
  it('is that of the pack, or of an environment', () => {
    const fixed = { run: { ...run, schedule: '5 * * * *' } };
    const set = { settings, run: { ...run, scheduleFrom: 'when' } };
    expect(scheduleIn(fixed, { parameters: { when: '1 1 1 1 1' } })).toBe(
      '5 * * * *',
    );
    expect(scheduleIn(set, {})).toBe('0 6 * * *');
    expect(scheduleIn(set, { parameters: { when: '9 * * * *' } })).toBe(
      '9 * * * *',
    );
    expect(scheduleIn(set, { parameters: { when: 9 } })).toBeUndefined();
    expect(scheduleIn({}, {})).toBeUndefined();
  });
});
