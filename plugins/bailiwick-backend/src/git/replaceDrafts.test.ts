import { labels } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import { app } from '@bailiwick/backstage-testing/objects';
import { replaceDrafts } from './replaceDrafts';

const aPod = (environment: string, name: string, isReady = true) => ({
  metadata: {
    name,
    namespace: `rates-desk--${environment}`,
    labels: { [labels.app]: 'prices' },
  },
  status: {
    conditions: [{ type: 'Ready', status: isReady ? 'True' : 'False' }],
  },
});

describe('replaceDrafts', () => {
  const pods = [
    aPod('dev', 'old'),
    aPod('dev', 'starting', false),
    aPod('test', 'other'),
    aPod('prod', 'release'),
    aPod('staging', 'protected'),
  ];
  const environments = [
    { name: 'dev', revision: 'draft' as const },
    { name: 'test', revision: 'draft' as const },
    { name: 'staging', revision: 'draft' as const },
    { name: 'prod', release: 'prices-r1' },
  ];
  const tenant = {
    spec: {
      environments: environments.map(({ name }) => ({
        name,
        protected: name === 'staging',
      })),
    },
  };

  it('sends new code to the ready pods of drafts, even if some decline it', async () => {
    const callPod = jest.fn().mockRejectedValueOnce(new Error('409'));
    const kubernetes = {
      callPod,
      lists: { pods: { list: () => pods }, tenants: { get: () => tenant } },
    } as unknown as KubernetesService;
    const draft = app('prices', 'rates-desk--home', { environments });
    await replaceDrafts(kubernetes, 'rates-desk', draft, Buffer.from('code'));
    expect(
      callPod.mock.calls.map(([{ name }, path, { body }]) => [
        name,
        path,
        body,
      ]),
    ).toEqual([
      ['old', '/code', { archive: 'Y29kZQ==' }],
      ['other', '/code', { archive: 'Y29kZQ==' }],
    ]);
  });
});
