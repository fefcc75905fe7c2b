import { createHash } from 'node:crypto';
import {
  appKind,
  grantKind,
  type App,
  type Grant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import { app, inDays } from '@bailiwick/backstage-testing/objects';
import { commit } from '@bailiwick/backstage-testing/world';
import { body, creation } from '../../__testUtils__/Verdicts';
import {
  group,
  home,
  makers,
  members,
  named,
  people,
  readers,
  statusOf,
  type Name,
  type Row,
  type Scene,
} from './Row';

function grantOf(name: string, who: Name, rest: Partial<Grant['spec']>): Grant {
  const { groups, user } = people[who];
  return {
    apiVersion: grantKind.apiVersion,
    kind: 'Grant',
    metadata: { name, namespace: home },
    spec: {
      app: 'prices',
      subject: user,
      membership: who === 'owner' ? groups[0] : user,
      client: 'git',
      expiresAt: inDays(90),
      // A token belongs to one grant.
      tokenHash: `sha256:${createHash('sha256').update(name).digest('hex')}`,
      ...rest,
    },
  };
}

/** Returns a git token and its repository. */
function git(
  service: 'git-upload-pack' | 'git-receive-pack',
  may: Name[],
): Row {
  const isPush = service === 'git-receive-pack';
  return {
    may,
    kubectl: (scene, who) =>
      isPush
        ? creation(
            `/api/v1/namespaces/${home}/configmaps`,
            body('v1', 'ConfigMap', named(scene, 'code', who)),
          )
        : creation(
            `${group}/namespaces/${home}/grants`,
            grantOf(named(scene, 'git', who), who, {}),
          ),
    async portal({ portal }, who) {
      const path = '/tenants/alpha/apps/prices/grants';
      const wanted = { client: 'git', days: 1 };
      const made = await portal.call(people[who], 'POST', path, wanted);
      if (made.status !== 201) return made.status;
      const { token } = made.body;
      return eventually('The git host knows the token', async () => {
        const status = await portal.git(token, 'alpha/prices', service);
        return status === 401 ? undefined : status;
      });
    },
  };
}

/** A repository and an app that runs it, as a row of the same verdict. */
function newApp(
  what: string,
  make: (scene: Scene, who: Name, name: string) => Promise<number>,
): Row {
  return {
    may: makers,
    mayInCordon: [],
    kubectl: (scene, who) =>
      creation(
        `${group}/namespaces/${home}/apps`,
        app(named(scene, what, who), home, {
          owner: 'group:default/alpha',
          source: { repository: 'alpha/x', path: '.', revision: commit },
        }),
      ),
    portal: (scene, who) => make(scene, who, named(scene, what, who)),
  };
}

/** Returns the parts of an app in these tests. */
const made = (name: string) => ({
  name,
  title: 'Prices',
  archetype: { pack: 'market', version: '1.0.0', name: 'price-feed' },
  answers: {},
  environment: 'dev',
});

/** Creating, changing and deleting objects in the home namespace of the tenant. */
export const building: Record<string, Row> = {
  'make a repository and an app': newApp(
    'made',
    async ({ portal }, who, name) => {
      const files = [{ path: 'functions.py', content: '# prices\n' }];
      const place = '/tenants/alpha/repositories';
      await portal.call(people[who], 'POST', place, { name, files });
      return statusOf(
        portal.call(people[who], 'POST', '/tenants/alpha/apps', made(name)),
      );
    },
  ),
  'make a repository': {
    may: makers,
    mayInCordon: [],
    kubectl: (scene, who) =>
      creation(
        `/api/v1/namespaces/${home}/configmaps`,
        body('v1', 'ConfigMap', named(scene, 'code', who)),
      ),
    portal: (scene, who) =>
      statusOf(
        scene.portal.call(people[who], 'POST', '/tenants/alpha/repositories', {
          name: named(scene, 'bare', who),
          files: [{ path: 'functions.py', content: '# prices\n' }],
        }),
      ),
  },
  'make an app by the actions of a template': newApp(
    'acted',
    async ({ portal }, who, name) => {
      const place = { tenant: 'alpha', name };
      const status = await portal.act(
        people[who],
        'bailiwick:repo:create',
        place,
      );
      if (status !== 200) return status;
      const wanted = { tenant: 'alpha', ...made(name) };
      return portal.act(people[who], 'bailiwick:app:create', wanted);
    },
  ),
  'delete an app': {
    may: makers,
    async prepare(scene, who) {
      const name = named(scene, 'gone', who);
      await scene.estate.admin.resource<App>(appKind).create(app(name, home));
      await eventually(
        `The portal knows ${name}`,
        async () =>
          (await scene.portal.sees(
            people.owner,
            '/apps',
            `${home}/${name}`,
          )) === 200,
      );
    },
    kubectl: (scene, who) => ({
      method: 'DELETE',
      path: `${group}/namespaces/${home}/apps/${named(scene, 'gone', who)}`,
    }),
    portal: (scene, who) =>
      statusOf(
        scene.portal.call(
          people[who],
          'DELETE',
          `/tenants/alpha/apps/${named(scene, 'gone', who)}`,
        ),
      ),
  },
  'make a token for themselves': {
    may: members,
    mayInCordon: [],
    kubectl: (scene, who) =>
      creation(
        `${group}/namespaces/${home}/grants`,
        grantOf(named(scene, 'own', who), who, {
          client: 'api',
          environment: 'dev',
        }),
      ),
    portal: ({ portal }, who) =>
      statusOf(
        portal.call(people[who], 'POST', '/tenants/alpha/apps/prices/grants', {
          client: 'api',
          environment: 'dev',
          days: 1,
        }),
      ),
  },
  // The portal lists them without their hashes, for people who can read the app.
  'see the tokens of an app': {
    may: readers,
    kubectl: () => ({ path: `${group}/namespaces/${home}/apps/prices` }),
    portal: ({ portal }, who) =>
      statusOf(
        portal.call(people[who], 'GET', '/tenants/alpha/apps/prices/grants'),
      ),
  },
  'revoke the token of the builder': {
    may: makers,
    async prepare(scene, who) {
      const name = named(scene, 'theirs', who);
      await scene.estate.admin.resource<Grant>(grantKind).create(
        grantOf(name, 'builder', {
          client: 'api',
          environment: 'dev',
          membership: undefined,
        }),
      );
    },
    kubectl: (scene, who) => ({
      method: 'DELETE',
      path: `${group}/namespaces/${home}/grants/${named(scene, 'theirs', who)}`,
    }),
    portal: (scene, who) =>
      statusOf(
        scene.portal.call(
          people[who],
          'DELETE',
          `/tenants/alpha/apps/prices/grants/${named(scene, 'theirs', who)}`,
        ),
      ),
  },
  'clone the code': git('git-upload-pack', members),
  'push code': git('git-receive-pack', makers),
};
