/** Name of the realm. */
export const realmName = 'company';

/** Client of the portal at the provider; its service account reads people and groups. */
export const portalClient = { id: 'portal', secret: 'secret-of-the-portal' };

/** Password of each person. */
export const password = 'correct horse battery staple';

/** The people of the realm: user name, e-mail address, display name and group. */
export const people = {
  ada: person('ada', 'Ada', 'Admin', 'platform'),
  ben: person('ben', 'Ben', 'Builder', 'rates'),
  /** Too long a name for the catalog. */
  nobody: person('n'.repeat(64), 'No', 'Body'),
};

function person(
  username: string,
  firstName: string,
  lastName: string,
  ...groups: string[]
) {
  return {
    username,
    email: `${username}@example.com`,
    emailVerified: true,
    enabled: true,
    firstName,
    lastName,
    groups,
    // Imported people do not get the default roles of the realm.
    realmRoles: ['offline_access'],
    credentials: [{ type: 'password', value: password, temporary: false }],
  };
}

/**
 * Returns the realm as Keycloak imports it.
 *
 * @param portal - address of the portal in the browser
 */
export function realm(portal: string): object {
  return {
    realm: realmName,
    enabled: true,
    groups: [{ name: 'platform' }, { name: 'rates' }],
    clients: [
      {
        clientId: portalClient.id,
        secret: portalClient.secret,
        standardFlowEnabled: true,
        serviceAccountsEnabled: true,
        redirectUris: [`${portal}/api/auth/oidc/handler/frame`],
        attributes: { 'post.logout.redirect.uris': portal },
      },
    ],
    users: [
      ...Object.values(people),
      {
        username: `service-account-${portalClient.id}`,
        enabled: true,
        serviceAccountClientId: portalClient.id,
        clientRoles: {
          'realm-management': ['query-groups', 'query-users', 'view-users'],
        },
      },
    ],
  };
}
