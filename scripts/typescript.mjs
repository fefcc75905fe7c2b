// Lets Node run this repository's TypeScript as it is: Node strips the types, this hook adds the
// file extension that our imports (like all Backstage sources) leave out.
import { registerHooks } from 'node:module';

const endings = ['', '.ts', '.tsx', '/index.ts'];

registerHooks({
  resolve(specifier, context, next) {
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
