/** @jest-environment node */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readDashboards } from './Dashboard';
import { legendOf, readValues, withValues } from './queryPanel';

describe('queries of dashboards', () => {
  it('name series as Grafana does', () => {
    const metric = { app: 'prices', function: 'latest' };
    expect(legendOf('{{app}}/{{ function }}', metric)).toBe('prices/latest');
    expect(legendOf('{{app}} {{type}}', metric)).toBe('prices');
  });

  it('have the values of variables', () => {
    const namespace = 'rates--dev|rates--prod';
    expect(withValues('a{namespace=~"$namespace"}', { namespace })).toBe(
      'a{namespace=~"rates--dev|rates--prod"}',
    );
    expect(() => withValues('a{app=~"$app"}', { namespace })).toThrow(
      'No value of $app',
    );
  });

  it('of the chart use declared variables only', () => {
    for (const { panels, templating } of Object.values(readDashboards())) {
      const names = templating.list.map(({ name }) => [name, 'x']);
      for (const { targets } of panels)
        for (const { expr } of targets)
          expect(withValues(expr, Object.fromEntries(names))).not.toContain(
            '$',
          );
    }
  });

  describe('with an API', () => {
    let server: Server;
    let url: string;
    let answer: object;
    const asked: string[] = [];
    beforeAll(async () => {
      server = createServer((request, response) => {
        asked.push(decodeURIComponent(request.url!));
        response.end(JSON.stringify(answer));
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
    });
    afterAll(async () => {
      server.close();
      await once(server, 'close');
    });
    beforeEach(() => {
      asked.length = 0;
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });

    it('have all values of a variable, which depend on those before', async () => {
      answer = { data: ['a', 'b'] };
      const values = await readValues(readDashboards().apps, url);
      expect(values).toEqual({ namespace: 'a|b', app: 'a|b' });
      expect(asked).toEqual([
        '/api/v1/label/namespace/values?match[]=bailiwick_calls_total',
        '/api/v1/label/app/values?match[]=bailiwick_calls_total{namespace=~"a|b"}',
      ]);
    });

    it('report a variable without values, and the message of a failure', async () => {
      answer = { data: [] };
      const { apps } = readDashboards();
      await expect(readValues(apps, url)).rejects.toThrow(
        '$namespace has no values',
      );
      answer = { error: 'too many samples' };
      await expect(readValues(apps, url)).rejects.toThrow('too many samples');
    });
  });
});
