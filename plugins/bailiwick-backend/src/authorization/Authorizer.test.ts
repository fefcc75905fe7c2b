import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { appDeletePermission } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { Request } from 'express';
import { Authorizer } from './Authorizer';
import type { Resources } from './Resources';

/** An authorizer without apps, with a policy that denies everything. */
function refusing(): Authorizer {
  const httpAuth = mockServices.httpAuth.mock();
  httpAuth.credentials.mockResolvedValue(mockCredentials.user() as never);
  const permissions = mockServices.permissions.mock();
  permissions.authorizeConditional.mockResolvedValue([
    { result: AuthorizeResult.DENY },
  ]);
  const permissionsRegistry = mockServices.permissionsRegistry.mock();
  permissionsRegistry.getPermissionRuleset.mockReturnValue({
    getRuleByName: name => {
      throw new Error(`No rule is asked, as nothing is conditional: ${name}`);
    },
  });
  return new Authorizer({
    auditor: mockServices.auditor.mock(),
    httpAuth,
    people: {
      requirePresent: async () => {},
      findAbsent: async () => new Set(),
      findDeparted: async () => new Set(),
      onDeparture: () => () => {},
    },
    permissions,
    permissionsRegistry,
    resources: { findApp: () => undefined } as unknown as Resources,
    userInfo: mockServices.userInfo(),
  });
}

describe('an app that does not exist', () => {
  const request = {} as Request;

  it('is not read by people whom the policy refuses', async () => {
    await expect(
      refusing().requireAppRead(request, 'desk', 'absent'),
    ).rejects.toMatchObject({ name: 'NotAllowedError' });
  });

  it('is left to the service that changes it, which names it', async () => {
    const required = refusing().requireForApp(
      request,
      appDeletePermission,
      'desk',
      'absent',
    );
    await expect(required).resolves.toBeUndefined();
  });
});
