import { virtualEnvironment } from '@bailiwick/backstage-cli/packs';
import { eventually } from '@bailiwick/backstage-testing';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { freePort } from '../startRuntime';

// A bare FastAPI server, for comparison. The only line of its output is its address as JSON.

const port = await freePort();
const root = `http://127.0.0.1:${port}/`;
const python = join(await virtualEnvironment(), 'bin/python');
const options = [`--port=${port}`, '--log-level=warning'];
const child = spawn(python, ['-m', 'uvicorn', 'bare:app', ...options], {
  cwd: join(import.meta.dirname, '../../__fixtures__/delivery'),
  stdio: ['ignore', 'ignore', 'inherit'],
});
await eventually('FastAPI answers', () =>
  fetch(`${root}small`).then(
    ({ ok }) => ok,
    () => false,
  ),
);
process.stdout.write(`${JSON.stringify({ root })}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => child.kill());
