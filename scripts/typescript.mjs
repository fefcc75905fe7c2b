// Lets Node run this repository's TypeScript as it is: Node strips the types, this hook adds the
// file extension that our imports (like all Backstage sources) leave out.
import { enableCompileCache, registerHooks } from 'node:module';
import { join } from 'node:path';
import { cacheDir } from './toolchain.mjs';

// What was stripped and compiled once is read from there: a process starts in half the time, and
// without the compiler in its memory.
enableCompileCache(join(cacheDir, 'compiled'));

// Node does not find the names that the ES modules of these packages import from lodash.
const commonJs = new Set(['@backstage/integration']);

const endings = ['', '.ts', '.tsx', '/index.ts'];

registerHooks({
  resolve(specifier, context, next) {
    if (commonJs.has(specifier))
      return next(specifier, { ...context, conditions: ['node', 'require'] });
    const isPath = /^(\.|\/|file:)/.test(specifier);
    let failure;
    for (const ending of isPath ? endings : ['']) {
      try {
        const resolved = next(specifier + ending, context);
        // Naming the format spares Node from parsing each file twice to find it out.
        return /\.tsx?$/.test(resolved.url)
          ? { ...resolved, format: 'module-typescript' }
          : resolved;
      } catch (error) {
        failure ??= error;
      }
    }
    throw failure;
  },
});
