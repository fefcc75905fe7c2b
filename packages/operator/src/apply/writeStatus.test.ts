import { setCondition } from '@bailiwick/backstage-kube-controller';
import { whatHappened } from './writeStatus';

const ready = (
  status: 'True' | 'False' | 'Unknown',
  reason: string,
  message = `${reason}.`,
) => ({
  conditions: setCondition([], { type: 'Ready', status, reason, message }),
});

describe('whatHappened', () => {
  const fine = ready('True', 'EnvironmentsReady');
  const failed = ready('False', 'EnvironmentFailed', 'dev: No such image.');
  const starting = ready('False', 'EnvironmentProgressing');

  it('tells a problem when it comes, and when it becomes another one', () => {
    const warning = {
      type: 'Warning',
      reason: 'EnvironmentFailed',
      action: 'Reconcile',
      note: 'dev: No such image.',
    };
    expect(whatHappened(undefined, failed)).toEqual(warning);
    expect(whatHappened(fine, failed)).toEqual(warning);
    expect(whatHappened(ready('False', 'EnvironmentFailed'), failed)).toEqual(
      warning,
    );
    expect(whatHappened(failed, failed)).toBeUndefined();
  });

  it.each([fine, starting])('tells the end of a problem (%#)', after => {
    const { reason } = after.conditions[0];
    expect(whatHappened(failed, after)).toMatchObject({
      type: 'Normal',
      reason,
    });
  });

  it('is silent about what goes its way', () => {
    expect(whatHappened(undefined, starting)).toBeUndefined();
    expect(whatHappened(starting, fine)).toBeUndefined();
    expect(whatHappened(fine, ready('Unknown', 'NotLookedAt'))).toBeUndefined();
    expect(whatHappened(undefined, {})).toBeUndefined();
  });
});
