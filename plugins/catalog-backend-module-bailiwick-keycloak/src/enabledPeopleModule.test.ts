import type { UserEntity } from '@backstage/catalog-model';
import { onlyEnabled } from './enabledPeopleModule';

const entity = (name: string): UserEntity => ({
  apiVersion: 'backstage.io/v1beta1',
  kind: 'User',
  metadata: { name },
  spec: { memberOf: [] },
});

describe('people of Keycloak', () => {
  it('are in the catalog with a valid name', async () => {
    const ada = { username: 'ada@example', enabled: true };
    const found = await onlyEnabled(entity('ada@example'), ada, 'main', []);
    expect(found?.metadata.name).toBe('ada-example');
  });

  it('are not in the catalog when their account is disabled', async () => {
    const ada = { username: 'ada', enabled: false };
    expect(await onlyEnabled(entity('ada'), ada, 'main', [])).toBeUndefined();
  });
});
