import type { RequestHandler } from 'express';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** Path of the program that completes and checks Python in the browser. */
export const languageServerPath = '/language-server.js';

/**
 * Serves the browser build of basedpyright, which is the same for everyone. It is compressed once: it has 17 MB, and
 * browsers load it without credentials.
 */
export function serveLanguageServer(): RequestHandler {
  const require = createRequire(import.meta.url);
  const read = async () =>
    promisify(gzip)(
      await readFile(
        require.resolve('browser-basedpyright/dist/pyright.worker.js'),
      ),
    );
  let program: Promise<Buffer> | undefined;
  return async (request, response, next) => {
    if (request.method !== 'GET' || request.path !== languageServerPath)
      return next();
    program ??= read();
    const body = await program.catch((error: Error) => {
      program = undefined;
      throw error;
    });
    return response
      .set({
        'Cache-Control': 'public, max-age=86400',
        'Content-Encoding': 'gzip',
      })
      .type('text/javascript')
      .send(body);
  };
}
