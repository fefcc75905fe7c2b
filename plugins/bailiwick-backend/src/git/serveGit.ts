import type { Request, Response } from 'express';
import { spawn } from 'node:child_process';

/**
 * Answers one request of git's smart HTTP protocol through `git http-backend` (CGI, RFC 3875).
 * Resolves when the whole answer is sent.
 */
export async function serveGit(
  request: Request,
  response: Response,
  options: { root: string; path: string; user: string },
): Promise<void> {
  const [, query = ''] = request.originalUrl.split('?');
  const child = spawn('git', ['http-backend'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {
      PATH: process.env.PATH,
      GIT_PROJECT_ROOT: options.root,
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_PROTOCOL: request.header('git-protocol') ?? '',
      PATH_INFO: options.path,
      QUERY_STRING: query,
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.header('content-type') ?? '',
      HTTP_CONTENT_ENCODING: request.header('content-encoding') ?? '',
      REMOTE_USER: options.user,
    },
  });
  child.on('error', () => {}); // git is not there: answered with 500 below
  child.stdin.on('error', () => {}); // the backend may answer before it has read everything
  response.on('close', () => child.kill()); // nobody waits for the rest
  request.pipe(child.stdin);

  let head = Buffer.alloc(0);
  for await (const chunk of child.stdout) {
    if (response.headersSent) {
      response.write(chunk);
      continue;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) continue;
    writeHead(response, head.subarray(0, end).toString());
    response.write(head.subarray(end + 4));
  }
  if (!response.headersSent) response.status(500);
  response.end();
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
