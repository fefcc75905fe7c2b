import { KubeApiError } from '@bailiwick/backstage-kube-controller';
import { failureOfAll, failureOfPod } from './actionAttempt';

const refused = (status: number, error: object) =>
  failureOfPod(
    new KubeApiError(status, {}, { text: JSON.stringify({ error }) }),
  );
const outOfRange = refused(422, {
  type: 'invalid-parameter',
  message: 'days: expected a whole number (at most 30), got 31',
});
const failed = refused(500, { message: 'The function failed', id: 'f3a1' });

describe('an action that fails in all pods', () => {
  it('is a wrong request when every pod refuses the parameters', () => {
    const pods = ['a', 'b'].map(pod => ({ pod, ...outOfRange }));
    expect(failureOfAll(pods)).toMatchObject({
      name: 'InputError',
      message: 'days: expected a whole number (at most 30), got 31',
    });
  });

  it.each([
    ['the code fails', [failed]],
    ['only some pods refuse the parameters', [outOfRange, failed]],
    ['a pod does not answer', [failureOfPod(new Error('timeout'))]],
  ])('is a conflict when %s', (_, failures) => {
    const pods = failures.map(failure => ({ pod: 'a', ...failure }));
    expect(failureOfAll(pods)).toMatchObject({
      name: 'ConflictError',
      message: expect.stringMatching(/^The action failed in all pods: /),
    });
  });

  it('is none when one pod did it', () => {
    const pods = [
      { pod: 'a', message: 'done' },
      { pod: 'b', ...failed },
    ];
    expect(failureOfAll(pods)).toBeUndefined();
  });

  it('keeps the message and the id of the pod', () => {
    expect(failed.refusal).toBe('The function failed (f3a1)');
  });
});
