import { aDeployment } from '../../../__fixtures__/views';
import { describeOperation } from './describeOperation';

const [pod] = aDeployment().pods;
const dev = { name: 'dev', revision: 'draft' as const };
const restartedAt = '2026-11-20T09:00:00.000Z';

describe('describeOperation', () => {
  it.each([
    [dev, [pod], undefined],
    [
      { ...dev, restartedAt },
      [pod, { ...pod, restartedAt }],
      'Restarting: 1 pod is still to be replaced.',
    ],
    [
      { ...dev, restartedAt },
      [pod, { ...pod, restartedAt: '2026-11-19T09:00:00.000Z' }],
      'Restarting: 2 pods are still to be replaced.',
    ],
    [{ ...dev, restartedAt }, [{ ...pod, restartedAt }], undefined],
    [{ ...dev, restartedAt }, [], undefined],
    [{ ...dev, suspended: true }, [pod], 'Pausing: 1 pod is stopping.'],
    [{ ...dev, suspended: true, restartedAt }, [], undefined],
  ])('describe %j with pods %j: %s', (environment, pods, words) => {
    expect(describeOperation(environment, pods)).toBe(words);
  });
});
