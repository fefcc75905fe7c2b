import type { Request, Response } from 'express';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { onDisconnect } from '../live';
import { configVariables } from './configVariables';
import { withLastWords } from './sideband';

/** A service of git's smart HTTP protocol: `git-upload-pack` reads, `git-receive-pack` writes. */
export type GitService = 'git-receive-pack' | 'git-upload-pack';

/** A git request and its author. */
export interface GitCall {
  root: string;
  path: string;
  /** Git configuration in addition to that of the repository. */
  config?: Record<string, string>;
  /** The service that the author may use; git hears of no other. */
  service: GitService;
  user: string;
  /** Called after a push; returns a message for the person who pushed. */
  afterPush?: () => Promise<string | undefined>;
}

/**
 * Answers one request of git's smart HTTP protocol through `git http-backend` (CGI, RFC 3875).
 * Resolves when the whole answer is sent.
 */
export async function serveGit(
  request: Request,
  response: Response,
  { afterPush, config = {}, path, root, service, user }: GitCall,
): Promise<void> {
  const child = spawn('git', ['http-backend'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {
      PATH: process.env.PATH,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_PROTOCOL: request.header('git-protocol') ?? '',
      ...configVariables(config),
      PATH_INFO: path,
      QUERY_STRING: `service=${service}`,
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.header('content-type') ?? '',
      HTTP_CONTENT_ENCODING: request.header('content-encoding') ?? '',
      REMOTE_USER: user,
    },
  });
  child.on('error', () => {}); // git is not there: answered with 500 below
  child.stdin.on('error', () => {}); // the backend may answer before it has read everything
  onDisconnect(response, () => child.kill()); // nobody waits for the rest
  request.pipe(child.stdin);

  const body = readBody(child.stdout, response);
  const answer = afterPush ? withLastWords(body, afterPush) : body;
  for await (const chunk of answer) {
    // A clone can be larger than memory should hold. A disconnected client needs no waiting, but
    // the work after a push is done nevertheless.
    if (!response.write(chunk) && !response.destroyed) await drained(response);
  }
  if (!response.headersSent) response.status(500);
  response.end();
}

/** Waits until the client has read the output, or has disconnected. */
async function drained(response: Response): Promise<void> {
  const settled = new AbortController();
  const { signal } = settled;
  await Promise.race([
    once(response, 'drain', { signal }),
    once(response, 'close', { signal }),
  ]);
  settled.abort();
}

/** Writes the head of a CGI response and yields the rest. */
async function* readBody(
  answer: AsyncIterable<Buffer>,
  response: Response,
): AsyncGenerator<Buffer> {
  let head = Buffer.alloc(0);
  for await (const chunk of answer) {
    if (response.headersSent) {
      yield chunk;
      continue;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) continue;
    writeHead(response, head.subarray(0, end).toString());
    yield head.subarray(end + 4);
  }
}

function writeHead(response: Response, head: string): void {
  const headers = head
    .split('\r\n')
    .map(line => line.match(/^([^:]+):\s*(.*)$/))
    .filter(match => match !== null)
    .map(([, name, value]) => [name, value]);
  const status = headers.find(([name]) => name.toLowerCase() === 'status');
  response.writeHead(
    status ? parseInt(status[1], 10) : 200,
    Object.fromEntries(headers.filter(header => header !== status)),
  );
}
