import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { personOf } from './personOf';

describe('personOf', () => {
  it('derives the groups of a person from their ownership claims', async () => {
    const userInfo = mockServices.userInfo({
      ownershipEntityRefs: [
        'user:default/bea',
        'group:default/rates',
        'group:other/traders',
      ],
    });
    await expect(
      personOf(mockCredentials.user('user:default/bea'), userInfo),
    ).resolves.toEqual({
      user: 'user:default/bea',
      groups: ['group:default/rates', 'group:other/traders'],
    });
  });

  it('refuses credentials that are not those of a person', async () => {
    await expect(
      personOf(mockCredentials.service(), mockServices.userInfo()),
    ).rejects.toThrow(/not available/);
  });
});
