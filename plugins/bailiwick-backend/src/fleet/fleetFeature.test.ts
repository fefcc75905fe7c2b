import express from 'express';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Resources, type AppReader, type Authorizer } from '../authorization';
import { fleetLists } from './__fixtures__/fleetLists';
import { createFleetFeature } from './fleetFeature';

const apps = Array.from({ length: 100 }, (_, index) => `app-${index}`);
/** So long that one round of changes is more than sockets hold. */
const longWhy = 'x'.repeat(20_000);

describe('the stream of the fleet over a stalled connection', () => {
  let lists: ReturnType<typeof fleetLists>;
  let server: Server;
  let answer: ServerResponse;
  let socket: Socket;

  beforeEach(async () => {
    lists = fleetLists();
    const kubernetes = Object.assign(lists.kubernetes, {
      progress: () => ({}),
      onProgress: () => () => {},
    });
    const authorizer = {
      authenticate: async () => ({
        user: 'user:default/pia',
        groups: ['group:default/platform'],
      }),
      permits: async () => () => true,
    } as unknown as Authorizer;
    const resources = new Resources({ kubernetes });
    const { router } = createFleetFeature({
      apps: {} as AppReader,
      authorizer,
      kubernetes,
      resources,
    });
    server = createServer(express().use(router!));
    server.on('request', (_, response) => {
      answer = response;
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    socket = connect(port, '127.0.0.1');
    socket.pause();
    socket.write('GET /fleet?watch=true HTTP/1.1\r\nHost: portal.test\r\n\r\n');
  });
  afterEach(async () => {
    socket.destroy();
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  const fail = (round: number) =>
    apps.forEach(name =>
      lists.apps.fail('rates', name, `Round ${round}. ${longWhy}`),
    );

  it('holds back no more than one state, and then sends the newest', async () => {
    fail(0);
    await pause(150);
    const held = [];
    for (let round = 1; round <= 15; round += 1) {
      fail(round);
      await pause(120);
      held.push(answer.socket!.writableLength);
    }
    const oneState = apps.length * longWhy.length;
    expect(Math.max(...held)).toBeGreaterThan(0);
    expect(Math.max(...held)).toBeLessThan(2.5 * oneState);

    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', part => {
      // Only the newest ones are read.
      text = (text + part).slice(-2 * longWhy.length);
    });
    socket.resume();
    for (let turn = 0; turn < 100 && !text.includes('Round 15.'); turn += 1)
      await pause(50);
    expect(text).toContain('Round 15.');
  }, 30_000);
});
