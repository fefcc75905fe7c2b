import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { CatalogSubjects } from './CatalogSubjects';

const sre = 'group:ops/sre';
const subjects = new CatalogSubjects({
  auth: mockServices.auth(),
  catalog: catalogServiceMock({
    entities: [
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Group',
        metadata: { name: 'sre', namespace: 'ops', title: 'Site reliability' },
        relations: [{ type: 'hasMember', targetRef: 'user:default/pia' }],
      },
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'User',
        metadata: { name: 'pia' },
        spec: { profile: { displayName: 'Pia Platform' } },
        relations: [{ type: 'memberOf', targetRef: sre }],
      },
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'User',
        metadata: { name: 'bea' },
      },
    ],
  }),
  platformGroup: sre,
});

describe('CatalogSubjects in a portal with another platform group', () => {
  it('finds platform engineers in that group', async () => {
    expect(await subjects.peopleOf(['group:default/platform'])).toEqual([
      'user:default/pia',
    ]);
  });

  it('names people and groups that have a display name', async () => {
    const references = [
      'user:default/pia',
      'group:default/platform',
      'user:default/absent',
      'user:default/bea',
    ];
    expect([...(await subjects.namesOf(references))]).toEqual([
      ['user:default/pia', 'Pia Platform'],
      ['group:default/platform', 'Site reliability'],
    ]);
  });

  it('recognizes a platform engineer like the cluster', async () => {
    expect(await subjects.find('user:default/pia')).toEqual({
      user: 'user:default/pia',
      groups: [sre, 'group:default/platform'],
    });
  });
});
