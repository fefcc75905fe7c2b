import {
  coreKinds,
  KubeApiError,
  KubeConnectionError,
} from '@bailiwick/backstage-kube-controller';
import { appKind } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { watchProblem } from './watchProblem';

describe('watchProblem', () => {
  const missing = new KubeApiError(404, { message: '404 page not found' });
  const forbidden = new KubeApiError(403, { message: 'apps is forbidden' });
  const lost = new KubeConnectionError('https://server', new Error('reset'));

  it.each([
    [appKind, missing, 'install charts/bailiwick/crds'],
    [coreKinds.horizontalPodAutoscalers, missing, 'does not know this kind'],
    [appKind, forbidden, 'apply charts/bailiwick/templates/rbac-operator.yaml'],
    [appKind, lost, 'https://server'],
  ])('names the kind and the next step (%#)', (type, error, expected) => {
    const sentence = watchProblem(type, error);
    expect(sentence).toMatch(`Watch of ${type.kind} failed: `);
    expect(sentence).toMatch(expected);
  });

  it('suggests an installation only for our kinds', () => {
    const { horizontalPodAutoscalers } = coreKinds;
    expect(watchProblem(horizontalPodAutoscalers, missing)).not.toMatch(
      'install',
    );
  });
});
