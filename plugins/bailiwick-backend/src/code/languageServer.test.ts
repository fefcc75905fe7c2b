import express from 'express';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { serveLanguageServer } from './languageServer';

describe('serveLanguageServer', () => {
  it('serves the program compressed, and nothing else', async () => {
    const app = express();
    app.use(serveLanguageServer());
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const { port } = server.address() as AddressInfo;
      const ask = (path: string, init?: RequestInit) =>
        fetch(`http://127.0.0.1:${port}${path}`, init);
      const first = await ask('/language-server.js');
      expect(first.headers.get('content-encoding')).toBe('gzip');
      expect(first.headers.get('content-type')).toMatch('text/javascript');
      expect(await first.text()).toContain('browser/boot');
      expect(first.headers.get('etag')).toBeTruthy();
      expect((await ask('/language-server.js/x')).status).toBe(404);
      const posted = await ask('/language-server.js', { method: 'POST' });
      expect(posted.status).toBe(404);
    } finally {
      server.close();
    }
  });
});
