import {
  actionsRegistryServiceFactory,
  actionsServiceFactory,
} from '@backstage/backend-defaults/alpha';
import { mockCredentials } from '@backstage/backend-test-utils';
import mcpPlugin from '@backstage/plugin-mcp-actions-backend';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import {
  changeRequestKind,
  type ChangeRequest,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import scaffolderModuleBailiwick from '@bailiwick/backstage-plugin-scaffolder-backend-module-bailiwick';
import { eventually } from '@bailiwick/backstage-testing';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { aTenant, createTenant } from '../__testUtils__/createTenant';
import { signedInAs, type Name } from '../__testUtils__/people';
import { startPortal, type Portal } from '../__testUtils__/startPortal';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(60_000);

/** Passes the input to the action unchanged. */
const template = {
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: { name: 'ask', namespace: 'default' },
  spec: {
    type: 'tenant',
    steps: [
      {
        id: 'request',
        action: 'bailiwick:tenant:request',
        input: '${{ parameters.input }}',
      },
    ],
    output: { request: '${{ steps.request.output.request }}' },
  },
};

/** Result of a request: its name, or the message of the refusal. */
type Answer = { request: string } | { refusal: string };

const { spec } = aTenant();
const wanted = (name: string, more: object = {}) => ({
  name,
  reason: 'The morning meeting needs it.',
  spec: { ...spec, environments: [{ name: 'dev' }], ...more },
});

integration('ways to request a tenant, on a real API server', () => {
  let portal: Portal;
  const address = (plugin: string) => portal.url.replace(/bailiwick$/, plugin);

  async function byRest(who: Name, input: object): Promise<Answer> {
    const { body } = await portal.call(who, 'POST', '/requests', input);
    return body.error
      ? { refusal: body.error.message }
      : { request: body.metadata.name };
  }

  async function byScaffolder(who: Name, input: object): Promise<Answer> {
    const tasks = `${address('scaffolder')}/v2/tasks`;
    const headers = { ...signedInAs(who), 'content-type': 'application/json' };
    const read = async (path: string, init: RequestInit = {}) =>
      (await fetch(`${tasks}${path}`, { headers, ...init })).json();
    const { id } = await read('', {
      method: 'POST',
      body: JSON.stringify({
        templateRef: 'template:default/ask',
        values: { input },
      }),
    });
    const end = await eventually('The task ends', async () => {
      const events: any[] = await read(`/${id}/events`);
      return events.find(({ type }) => type === 'completion');
    });
    const { error, output } = end.body;
    return error ? { refusal: error.message } : { request: output.request };
  }

  async function withAgent<T>(
    headers: Record<string, string>,
    act: (agent: Client) => Promise<T>,
  ): Promise<T> {
    const agent = new Client({ name: 'test', version: '1.0.0' });
    await agent.connect(
      new StreamableHTTPClientTransport(
        new URL(`${address('mcp-actions')}/v1`),
        {
          requestInit: { headers },
        },
      ),
    );
    try {
      return await act(agent);
    } finally {
      await agent.close();
    }
  }

  function byAgent(who: Name, input: object): Promise<Answer> {
    return withAgent(signedInAs(who), async agent => {
      const { content, isError, structuredContent } = (await agent.callTool({
        name: 'bailiwick.request-tenant',
        arguments: { ...input },
      })) as any;
      return isError
        ? { refusal: content[0].text.replace(/^\w+Error: /, '') }
        : { request: structuredContent.request };
    });
  }

  const ways = { rest: byRest, scaffolder: byScaffolder, agent: byAgent };

  /** Returns the response of each interface to the same person for the same input. */
  async function byAll(who: Name, input: object) {
    const refusals: string[] = [];
    for (const ask of Object.values(ways)) {
      const answer = await ask(who, input);
      refusals.push('refusal' in answer ? answer.refusal : 'none');
    }
    return refusals;
  }

  beforeAll(async () => {
    portal = await startPortal({
      entities: [template],
      features: [
        actionsRegistryServiceFactory,
        actionsServiceFactory,
        mcpPlugin,
        scaffolderPlugin,
        scaffolderModuleBailiwick,
      ],
    });
    await createTenant(portal.cluster.client);
    await portal.shows('pia', '/tenants', 'rates-desk');
  }, 120_000);
  afterAll(() => portal?.stop(), 60_000);

  const stored = () =>
    portal.cluster.client.resource<ChangeRequest>(changeRequestKind).list();

  it.each(Object.entries(ways))(
    'in the name of the person, by %s',
    async (way, ask) => {
      const name = `${way}-desk`;
      const answer = await ask('rita', wanted(name));
      const found = (await stored()).filter(
        one => one.spec.target.name === name,
      );
      expect(found).toHaveLength(1);
      expect(answer).toEqual({ request: found[0].metadata.name });
      expect(found[0].spec).toMatchObject({
        action: 'create',
        requestedBy: 'user:default/rita',
        reason: 'The morning meeting needs it.',
        proposed: { title: 'Rates desk', deletionProtection: false },
      });
    },
  );

  it.each<[string, Name, object, RegExp]>([
    ['a bad name', 'rita', wanted('Rates--Desk'), /must not contain "--"/],
    ['a reserved name', 'rita', wanted('kube-desk'), /these are reserved/],
    ['a name that is taken', 'rita', wanted('rates-desk'), /already/],
    ['a look-alike', 'rita', wanted('ratesdesk'), /too similar to/],
    ['a long name', 'rita', wanted('x'.repeat(64)), /at most 40 characters/],
    [
      'too many environments',
      'rita',
      wanted('wide-desk', {
        environments: ['a', 'b', 'c', 'd'].map(name => ({ name })),
      }),
      /allows at most 3 environments, and the request has 4/,
    ],
    [
      'more than the plan allows',
      'rita',
      wanted('large-desk', {
        environments: [{ name: 'dev', limits: { cpu: '100' } }],
      }),
      /limits cpu to 2 per environment, and dev requests 100/,
    ],
    [
      'a plan that is not there',
      'rita',
      wanted('odd-desk', { plan: 'gigantic' }),
      /Plan "gigantic" was not found/,
    ],
    [
      'somebody nobody knows',
      'rita',
      wanted('lost-desk', {
        members: [{ subject: 'user:default/nobody', role: 'viewer' }],
      }),
      /catalog has no user or group user:default\/nobody/,
    ],
    [
      'no right',
      'eve',
      wanted('eves-desk'),
      /^You must be a member of one of the owner groups$/,
    ],
    [
      'no reason',
      'rita',
      { ...wanted('quiet-desk'), reason: '  ' },
      /^reason: must have visible characters and no invisible ones$/,
    ],
  ])('is refused for %s, in the same words', async (_, who, input, words) => {
    const before = await stored();
    const [first, ...others] = await byAll(who, input);
    expect(first).toMatch(words);
    expect(others).toEqual([first, first]);
    expect(await stored()).toHaveLength(before.length);
  });

  it.each([
    ['fields that nobody knows', { ...wanted('sly-desk'), approved: true }],
    ['a misspelt field', wanted('mis-desk', { costCenter: '4711' })],
    [
      'a misspelt field of an environment',
      wanted('mis-desk', { environments: [{ name: 'dev', expireAt: 'soon' }] }),
    ],
    ['fields of another type', { ...wanted('odd-desk'), name: 5 }],
    ['missing fields', { name: 'bare-desk' }],
  ])('is refused for %s', async (_, input) => {
    const before = await stored();
    expect(await byAll('rita', input)).not.toContain('none');
    expect(await stored()).toHaveLength(before.length);
  });

  it('is offered to agents with the fields of the API', async () => {
    const { tools } = await withAgent(signedInAs('rita'), agent =>
      agent.listTools(),
    );
    const tool = tools.find(({ name }) => name === 'bailiwick.request-tenant');
    expect(tool?.inputSchema.required).toEqual(['name', 'spec', 'reason']);
    const fields = (tool?.inputSchema.properties?.spec as any).properties;
    expect(Object.keys(fields)).toEqual(
      expect.arrayContaining(['owners', 'members', 'plan', 'environments']),
    );
  });

  it('is only checked when an agent tries', async () => {
    const before = await stored();
    const answer = await withAgent(signedInAs('rita'), agent =>
      agent.callTool({
        name: 'bailiwick.request-tenant',
        arguments: { ...wanted('tried-desk'), dryRun: true },
      }),
    );
    expect(answer.structuredContent).toEqual({
      tenant: 'tried-desk',
      state: 'Checked',
    });
    expect(await stored()).toHaveLength(before.length);
  });

  it('is denied to agents without a person', async () => {
    const before = await stored();
    const headers = { authorization: mockCredentials.none.header() };
    await expect(
      withAgent(headers, agent =>
        agent.callTool({
          name: 'bailiwick.request-tenant',
          arguments: wanted('nobodys-desk'),
        }),
      ),
    ).rejects.toThrow();
    expect(await stored()).toHaveLength(before.length);
  });
});
