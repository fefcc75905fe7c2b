import { parseArgs } from 'node:util';
import { createServer } from './createServer';
import { readPeople } from './people';
import { refuseUnsafe } from './refuseUnsafe';

const { values } = parseArgs({
  options: {
    host: { type: 'string', default: 'localhost' },
    gateway: { type: 'string' },
    port: { type: 'string' },
    'redirect-uri': { type: 'string' },
  },
});
const { BAILIWICK_OIDC_CLIENT_ID: id, BAILIWICK_OIDC_CLIENT_SECRET: secret } =
  process.env;
const { gateway, host, port, 'redirect-uri': redirectUri } = values;

try {
  refuseUnsafe({ host, nodeEnv: process.env.NODE_ENV });
  if (!port || !redirectUri || !id || !secret) {
    throw new Error(
      'The demo sign-in requires --port, --redirect-uri and the variables BAILIWICK_OIDC_CLIENT_ID and BAILIWICK_OIDC_CLIENT_SECRET.',
    );
  }
  const server = createServer({
    issuer: `http://${host}:${port}`,
    client: { id, secret, redirectUri },
    gateway,
    people: readPeople(),
  });
  server.listen(Number(port), host === 'localhost' ? '127.0.0.1' : host);
  process.once('SIGTERM', () => {
    server.close();
    server.closeAllConnections();
  });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
