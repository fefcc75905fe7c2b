import { createServer } from 'node:net';
import { loopbackNetwork, portsAreFree } from './loopback';

describe('loopbackNetwork', () => {
  it('never gives the same ports to two starts, before their programs listen', async () => {
    // Enough that blocks chosen independently would collide.
    const networks = await Promise.all(
      Array.from({ length: 120 }, () => loopbackNetwork()),
    );
    const ports = networks.flatMap(network => Object.values(network.ports));
    expect(new Set(ports).size).toBe(5 * 120);
  });

  it('reports whether the ports of an earlier start are free', async () => {
    const network = await loopbackNetwork();
    expect(await portsAreFree(network)).toBe(true);
    const server = createServer();
    await new Promise<void>(resolve => {
      server.listen(network.ports.api, '127.0.0.1', resolve);
    });
    expect(await portsAreFree(network)).toBe(false);
    await new Promise(resolve => {
      server.close(resolve);
    });
  });
});
