import { Registry } from 'prom-client';
import { serveHealth, type HealthServer } from './serveHealth';

describe('serveHealth', () => {
  let server: HealthServer | undefined;
  afterEach(() => server?.close());

  it.each([
    ['/healthz', 200],
    ['/readyz', 503],
    ['/metrics', 200],
    ['/calls', 200],
    ['/elsewhere', 404],
  ])('keeps browsers from guessing the type of %s', async (path, status) => {
    server = await serveHealth({
      port: 0,
      registry: new Registry(),
      isReady: () => false,
      routes: { '/calls': () => '["<script>"]' },
    });
    const response = await fetch(`http://127.0.0.1:${server.port}${path}`);
    expect(response.status).toBe(status);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });
});
