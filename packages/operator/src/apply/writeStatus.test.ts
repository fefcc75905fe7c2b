import { setCondition } from '@bailiwick/backstage-kube-controller';
import { statusEvent } from './writeStatus';

const ready = (
  status: 'True' | 'False' | 'Unknown',
  reason: string,
  message = `${reason}.`,
) => ({
  conditions: setCondition([], { type: 'Ready', status, reason, message }),
});

describe('statusEvent', () => {
  const fine = ready('True', 'EnvironmentsReady');
  const failed = ready('False', 'EnvironmentFailed', 'dev: No such image.');
  const starting = ready('False', 'EnvironmentProgressing');

  it('reports a problem when it starts, and when it changes', () => {
    const warning = {
      type: 'Warning',
      reason: 'EnvironmentFailed',
      action: 'Reconcile',
      note: 'dev: No such image.',
    };
    expect(statusEvent(undefined, failed)).toEqual(warning);
    expect(statusEvent(fine, failed)).toEqual(warning);
    expect(statusEvent(ready('False', 'EnvironmentFailed'), failed)).toEqual(
      warning,
    );
    expect(statusEvent(failed, failed)).toBeUndefined();
  });

  it.each([fine, starting])('reports the end of a problem (%#)', after => {
    const { reason } = after.conditions[0];
    expect(statusEvent(failed, after)).toMatchObject({
      type: 'Normal',
      reason,
    });
  });

  it('reports an app that became unknown, but not a new one', () => {
    const unknown = ready('False', 'EnvironmentUnknown', 'dev: No report.');
    const warning = { type: 'Warning', reason: 'EnvironmentUnknown' };
    expect(statusEvent(fine, unknown)).toMatchObject(warning);
    expect(statusEvent(failed, unknown)).toMatchObject(warning);
    expect(statusEvent(unknown, unknown)).toBeUndefined();
    expect(statusEvent(unknown, fine)).toMatchObject({ type: 'Normal' });
    expect(statusEvent(undefined, unknown)).toBeUndefined();
    expect(statusEvent(starting, unknown)).toBeUndefined();
  });

  it('does not log normal work', () => {
    expect(statusEvent(undefined, starting)).toBeUndefined();
    expect(statusEvent(starting, fine)).toBeUndefined();
    expect(statusEvent(fine, ready('Unknown', 'NotLookedAt'))).toBeUndefined();
    expect(statusEvent(undefined, {})).toBeUndefined();
  });
});
