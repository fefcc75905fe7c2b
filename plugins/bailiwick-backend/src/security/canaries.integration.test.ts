import { mockCredentials } from '@backstage/backend-test-utils';
import {
  addressOf,
  bodies,
  keyOfRoute,
} from '../__testUtils__/exampleRequests';
import { createFeedApp } from '../__testUtils__/createFeedApp';
import { people } from '../__testUtils__/people';
import { routesOfPlugin } from '../__testUtils__/routesOf';
import { startPortal, type Portal } from '../__testUtils__/startPortal';
import { hashToken } from '../grants/token';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

/** The forms in which a secret may come out again. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [
    secret,
    bytes.toString('base64').replace(/=+$/, ''),
    Buffer.from(`x:${secret}`).toString('base64').replace(/=+$/, ''),
    bytes.toString('hex'),
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    hashToken(secret).replace('sha256:', ''),
  ];
}

integration('secrets in logs, audit and answers', () => {
  let portal: Portal;
  /** Responses to all calls except the one that creates a token. */
  const answers: string[] = [];
  const wrong = 'wr0ng"canary/+token?of&git';

  beforeAll(async () => {
    portal = await startPortal();
    await createFeedApp(portal);
  }, 120_000);
  afterAll(() => portal?.stop(), 60_000);

  async function git(password: string): Promise<void> {
    const basic = Buffer.from(`x:${password}`).toString('base64');
    const response = await fetch(
      `${portal.url}/git/rates-desk/feed.git/info/refs?service=git-upload-pack`,
      { headers: { authorization: `Basic ${basic}` } },
    );
    answers.push(await response.text(), JSON.stringify([...response.headers]));
  }

  /** Sends each route a request as a person, with a body and with one that is invalid because of a secret. */
  async function askAll(authorization: string, secret: string): Promise<void> {
    for (const route of routesOfPlugin()) {
      const { method } = route;
      const body = bodies[keyOfRoute(route)] ?? {};
      const broken = [
        JSON.stringify({ ...body, password: secret }),
        `{"name": "${encodeURIComponent(secret)}`,
      ];
      for (const json of method === 'GET' ? [undefined] : broken) {
        const response = await fetch(`${portal.url}${addressOf(route)}`, {
          method,
          headers: {
            authorization,
            cookie: `session=${encodeURIComponent(secret)}`,
            'content-type': 'application/json',
          },
          body: json,
        });
        answers.push(await response.text());
      }
    }
  }

  const audit = () =>
    JSON.stringify(
      portal.auditor.createEvent.mock.calls.map(
        ([{ request: _request, ...event }]) => event,
      ),
    );

  const leaks = (text: string, secret: string) =>
    formsOf(secret).filter(form => text.includes(form));

  it('are returned once, to the creator of a token, and never again', async () => {
    const path = '/tenants/rates-desk/apps/feed/grants';
    const made = await portal.call('bea', 'POST', path, {
      client: 'git',
      days: 1,
    });
    const { token } = made.body;
    expect(made.status).toBe(201);
    expect(formsOf(token).length).toBeGreaterThan(5);

    await git(token);
    await git(wrong);
    const bearer = mockCredentials.user.header(people.bea.user);
    await askAll(bearer, token);
    await askAll(bearer, wrong);

    const log = portal.log.join('\n');
    expect(portal.auditor.createEvent).toHaveBeenCalled();
    for (const secret of [token, wrong]) {
      expect(leaks(log, secret)).toEqual([]);
      expect(leaks(audit(), secret)).toEqual([]);
    }
    // People who can see a grant see the hash of its token, which is useless to them.
    const [plain] = formsOf(token);
    expect(answers.filter(text => text.includes(plain))).toEqual([]);
    expect(leaks(answers.join('\n'), wrong)).toEqual([]);
  });

  it('are not in messages about failures of git', async () => {
    const path = '/tenants/rates-desk/repositories';
    const { body } = await portal.call('bea', 'POST', path, {
      name: 'feed',
      files: [{ path: 'other.py', content: 'other' }],
    });
    expect(body.error.message).not.toContain(portal.repositories);
    expect(JSON.stringify(body)).not.toMatch(/\/tmp\/|node_modules|at \w+ \(/);
  });
});
