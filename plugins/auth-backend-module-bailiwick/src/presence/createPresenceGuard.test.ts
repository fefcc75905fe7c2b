import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { AuthenticationError } from '@backstage/errors';
import { peopleServiceRef } from '@bailiwick/backstage-plugin-bailiwick-node';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import {
  bearerToken,
  createPresenceGuard,
  userOf,
} from './createPresenceGuard';

const tokenOf = (payload: unknown) =>
  `head.${Buffer.from(JSON.stringify(payload)).toString(
    'base64url',
  )}.signature`;

describe('the token of a header', () => {
  it.each(['Bearer a.b.c', 'bearer a.b.c', 'Bearer   a.b.c'])(
    'is read from %j',
    authorization => {
      expect(bearerToken(authorization)).toBe('a.b.c');
    },
  );

  it.each([undefined, '', 'Basic abc', 'Bearer', 'Bearer a b'])(
    'does not exist in %j',
    authorization => {
      expect(bearerToken(authorization)).toBeUndefined();
    },
  );
});

describe('the user of a token', () => {
  it('is the subject of a person', () => {
    expect(userOf(tokenOf({ sub: 'user:default/ada' }))).toBe(
      'user:default/ada',
    );
  });

  it.each([
    undefined,
    '',
    'opaque',
    'a.b.c',
    tokenOf({ sub: 'plugin:catalog' }),
    tokenOf({ sub: 42 }),
    tokenOf(null),
  ])('does not exist for %j', token => {
    expect(userOf(token)).toBeUndefined();
  });
});

describe('a WebSocket', () => {
  const ada = 'user:default/ada';
  const { feature, watchSocket } = createPresenceGuard();
  const listeners = new Set<() => void>();
  let backend: TestBackend;

  beforeAll(async () => {
    backend = await startTestBackend({
      features: [
        feature,
        createServiceFactory({
          service: peopleServiceRef,
          deps: {},
          factory: () => ({
            async requirePresent(user) {
              if (user !== ada) throw new AuthenticationError('has left');
            },
            findAbsent: async () => new Set<string>(),
            findDeparted: async () => new Set<string>(),
            onDeparture(_, departed) {
              listeners.add(departed);
              return () => listeners.delete(departed);
            },
          }),
        }),
      ],
    });
  }, 60_000);
  afterAll(() => backend?.stop(), 60_000);

  /** Watches a new socket. */
  function watched(user: string): PassThrough {
    const socket = new PassThrough();
    watchSocket(tokenOf({ sub: user }), socket);
    return socket;
  }

  it('closes for a person who has left', async () => {
    const socket = watched('user:default/ben');
    await once(socket, 'close');
    expect(listeners.size).toBe(0);
  });

  it('is open until its person leaves', async () => {
    const socket = watched(ada);
    await new Promise(setImmediate);
    expect(socket.destroyed).toBe(false);
    expect(listeners.size).toBe(1);
    listeners.forEach(departed => departed());
    await once(socket, 'close');
    expect(listeners.size).toBe(0);
  });

  it('that closes earlier is not watched', async () => {
    watched(ada).destroy();
    await new Promise(setImmediate);
    expect(listeners.size).toBe(0);
  });
});
