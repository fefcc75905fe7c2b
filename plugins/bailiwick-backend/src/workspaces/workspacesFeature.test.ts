import { mockErrorHandler } from '@backstage/backend-test-utils';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import { app, plan, tenant } from '@bailiwick/backstage-testing/objects';
import express from 'express';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Resources, type AppReader, type Authorizer } from '../authorization';
import { createWorkspacesFeature } from './workspacesFeature';

const bea = { user: 'user:default/bea', groups: [] };
const path = '/tenants/rates-desk/apps/feed/workspaces';
const workspace = {
  metadata: { name: 'feed.default.bea' },
  spec: { app: 'feed', environment: 'dev', owner: bea.user },
  status: { phase: 'Running' },
};

describe('workspaces of a portal without an address for them', () => {
  let server: Server;

  beforeEach(async () => {
    const kubernetes = {
      lists: {
        plans: { get: plan },
        tenants: { get: tenant },
        workspaces: { get: () => workspace },
      },
    } as unknown as KubernetesService;
    const authorizer: Partial<Authorizer> = {
      authenticate: async () => bea,
      requireForTenant: async () => {},
      requireIn: async () => {},
      answerAudited: (_event, act) => async (req, res) =>
        res.json(await act(bea, req)),
    };
    const view = {
      ...app('feed', 'rates-desk--home'),
      tenant: 'rates-desk',
      canBuild: true,
    };
    const { router } = createWorkspacesFeature({
      apps: { get: () => view } as unknown as AppReader,
      authorizer: authorizer as Authorizer,
      kubernetes,
      resources: new Resources({ kubernetes }),
    });
    server = createServer(express().use(router!).use(mockErrorHandler()));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  const call = async (method: string, to = '') => {
    const { port } = server.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}${path}${to}`, {
      method,
    });
    return { status: response.status, body: await response.json() };
  };

  it('cannot be created, which the options say', async () => {
    const { body } = await call('GET');
    expect(body).toMatchObject({
      environments: ['dev'],
      problem: expect.stringMatching(/ask the platform team/),
    });
    expect(await call('POST')).toMatchObject({
      status: 409,
      body: { error: { message: body.problem } },
    });
  });

  it('cannot be opened', async () => {
    expect(await call('POST', '/feed.default.bea/session')).toMatchObject({
      status: 409,
      body: { error: { message: expect.stringMatching(/no address/) } },
    });
  });
});
