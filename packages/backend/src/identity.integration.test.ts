/**
 * @jest-environment node
 * @heavy
 */
import { coreKinds } from '@bailiwick/backstage-kube-controller';
import {
  annotations,
  grantKind,
  homeNamespace,
  tenantKind,
  type Grant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  eventually,
  startTestCluster,
  type TestCluster,
} from '@bailiwick/backstage-testing';
import {
  Keycloak,
  keycloakCatalog,
  password,
  people,
  portalClient,
  realmName,
} from '@bailiwick/backstage-testing/keycloak';
import { tenant } from '@bailiwick/backstage-testing/objects';
import { Browser, PortalProcess } from '@bailiwick/backstage-testing/portal';
import { freePort } from '@bailiwick/backstage-testing/process';
import { createHash } from 'node:crypto';

const longestMs = 480_000;
const { ada, ben, nobody } = people;
const benRef = 'user:default/ben';
const desk = 'rates-desk';
const gitToken = 'token-of-ben';

describe('a portal with Keycloak', () => {
  let cluster: TestCluster;
  let keycloak: Keycloak | undefined;
  let portal: PortalProcess;
  let providerPort: number;

  beforeAll(async () => {
    cluster = await startTestCluster({
      chartFolders: ['crds', 'templates', 'embedded'],
    });
    providerPort = await freePort();
    const provider = `http://localhost:${providerPort}`;
    portal = await PortalProcess.start({
      port: await freePort(),
      kubeconfig: await cluster.identity('bailiwick:portal'),
      metadataUrl: `${provider}/realms/${realmName}/.well-known/openid-configuration`,
      client: portalClient,
      config: keycloakCatalog(provider),
    });
  }, longestMs);
  afterAll(async () => {
    await portal?.stop();
    await keycloak?.stop();
    await cluster?.stop();
  });

  const browser = () => new Browser(portal.url);
  const signIn = ({ username }: { username: string }, own = browser()) =>
    own.signIn(username, password);
  const statusOf = async (path: string, token: string) => {
    const response = await portal.call(path, token);
    await response.body?.cancel();
    return response.status;
  };

  it('says that the provider does not respond', async () => {
    const { response } = await browser().startSignIn();
    expect(response.status).toBe(503);
    expect((await response.json()).error.message).toMatch(
      /^The identity provider does not respond at http:\/\/localhost:\d+\/realms\/company\/.*\. Try again in a minute/,
    );
  });

  describe('that responds again', () => {
    beforeAll(async () => {
      keycloak = await Keycloak.start(providerPort, portal.url);
    }, longestMs);

    it(
      'signs people in, with their groups in Keycloak',
      async () => {
        const token = await eventually('Ada signs in', () => signIn(ada));
        const me = await portal.call('/api/bailiwick/me', token);
        expect(await me.json()).toMatchObject({ platformEngineer: true });
        const entity = await portal.call(
          '/api/catalog/entities/by-name/user/default/ben',
          token,
        );
        expect(await entity.json()).toMatchObject({
          spec: {
            memberOf: ['rates'],
            profile: { displayName: 'Ben Builder', email: 'ben@example.com' },
          },
        });
      },
      longestMs,
    );

    it('tells people that it does not know their e-mail address', async () => {
      await expect(signIn(nobody)).rejects.toThrow(
        `The portal knows nobody with the e-mail address ${nobody.email}. Ask the platform team to add you to the catalog`,
      );
    });

    it('signs people in after the provider has changed its keys', async () => {
      await keycloak?.rotateKeys();
      // The previous keys may have been read less than a minute ago; then the first attempt fails.
      const first = await signIn(ada).catch((error: Error) => error.message);
      expect(first).toMatch(/^ey|has changed its keys\. Sign in again/);
      expect(await signIn(ada)).toMatch(/^ey/);
    });

    it('ends the session at the provider, too', async () => {
      const own = browser();
      const query = new URLSearchParams({
        client_id: portalClient.id,
        redirect_uri: `${portal.url}/api/auth/oidc/handler/frame`,
        response_type: 'code',
        scope: 'openid',
      });
      // As by another application of the company.
      await own.logIn(
        await own.visit(
          `${keycloak?.issuer}/protocol/openid-connect/auth?${query}`,
        ),
        ada.username,
        password,
      );
      const known = await own.startSignIn();
      expect(known.url).toMatch(new RegExp(`^${portal.url}`));
      expect(await own.refresh()).toMatch(/^ey/);
      const { response } = await own.visit((await own.signOut()) ?? '');
      expect(response.url).toBe(`${portal.url}/`);
      expect(await own.refresh()).toBeUndefined();
      const asked = await own.startSignIn();
      expect(asked.url).toMatch(new RegExp(`^${keycloak?.issuer}`));
    });

    describe('and a person who leaves', () => {
      const grant = (name: string, changes: Partial<Grant['spec']>): Grant => ({
        apiVersion: 'bailiwick.dev/v1alpha1',
        kind: 'Grant',
        metadata: {
          name,
          namespace: homeNamespace(desk),
          annotations: {
            [annotations.portal]: `${portal.url}/api/bailiwick`,
          },
        },
        spec: {
          app: 'prices',
          subject: benRef,
          membership: benRef,
          client: 'api',
          environment: 'dev',
          expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
          tokenHash: `sha256:${createHash('sha256')
            .update(name)
            .digest('hex')}`,
          ...changes,
        },
      });
      const grants = () => cluster.client.resource<Grant>(grantKind);
      const suspensions = async () => {
        const namespace = homeNamespace(desk);
        const both = await Promise.all(
          ['reads', 'older'].map(name => grants().get(name, { namespace })),
        );
        return both.filter(({ status }) => status?.suspendedAt).length;
      };
      const clone = () =>
        fetch(
          `${portal.url}/api/bailiwick/git/${desk}/prices.git/info/refs?service=git-upload-pack`,
          {
            headers: {
              authorization: `Basic ${btoa(`:${gitToken}`)}`,
              connection: 'close',
            },
          },
        );

      beforeAll(async () => {
        const members = [{ subject: benRef, role: 'builder' as const }];
        await cluster.client
          .resource(tenantKind)
          .create(tenant(desk, { members }));
        await cluster.client.resource(coreKinds.namespaces).create({
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name: homeNamespace(desk) },
        });
        const own = cluster.client
          .as({ user: benRef, groups: ['system:masters'] })
          .resource<Grant>(grantKind);
        await own.create(grant('reads', {}));
        // As of a version that did not write the portal.
        const older = grant('older', {});
        await own.create({
          ...older,
          metadata: { ...older.metadata, annotations: {} },
        });
        await own.create(
          grant(gitToken, { client: 'git', environment: undefined }),
        );
      });

      it(
        'loses portal, streams, git and tokens until the account is enabled again',
        async () => {
          const own = browser();
          const token = await signIn(ben, own);
          const stream = await portal.call(
            '/api/bailiwick/tenants?watch=true',
            token,
          );
          expect(stream.status).toBe(200);
          let isOpen = true;
          const end = (async () => {
            for await (const _ of stream.body!);
          })()
            .catch(() => {})
            .then(() => (isOpen = false));
          expect(await statusOf('/api/catalog/entities', token)).toBe(200);
          // The app has no repository, which only people with access learn.
          await eventually('Git accepts the token', async () => {
            const { status } = await clone();
            return status === 404;
          });
          expect(isOpen).toBe(true);

          const id = await keycloak!.idOf(ben.username);
          await keycloak!.admin('PUT', `/users/${id}`, { enabled: false });

          const path = '/api/catalog/entities';
          await eventually(
            'The portal refuses Ben',
            async () => (await statusOf(path, token)) === 401,
            60,
          );
          const refusal = await portal.call('/api/bailiwick/me', token);
          expect(refusal.status).toBe(401);
          expect((await refusal.json()).error.message).toContain(
            'The catalog has no user user:default/ben. If you have not left',
          );
          await eventually('The stream has ended', () => !isOpen, 60);
          await end;
          await eventually(
            'Tokens are suspended',
            async () => (await suspensions()) === 2,
            60,
          );
          const refused = await clone();
          expect(refused.status).toBe(401);
          expect(await refused.text()).toMatch(
            /^The owner of this token is not in the portal's catalog any more\. Use a git token/,
          );
          expect(await own.refresh()).toBeUndefined();
          await expect(signIn(ben)).rejects.toThrow(/disabled/i);

          await keycloak!.admin('PUT', `/users/${id}`, { enabled: true });
          await eventually('Ben signs in again', () => signIn(ben), 60);
          await eventually(
            'Tokens work again',
            async () => (await suspensions()) === 0,
            60,
          );
        },
        longestMs,
      );
    });
  });
});
