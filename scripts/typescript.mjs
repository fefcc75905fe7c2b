// Lets Node run this repository's TypeScript as it is: Node strips the types, this hook adds the
// file extension that our imports (like all Backstage sources) leave out.
import { registerHooks } from 'node:module';

const endings = ['.ts', '.tsx', '/index.ts'];

registerHooks({
  resolve(specifier, context, next) {
    try {
      return next(specifier, context);
    } catch (error) {
      if (!specifier.startsWith('.') && !specifier.startsWith('/')) throw error;
      for (const ending of endings) {
        try {
          return next(specifier + ending, context);
        } catch {
          // try the next ending
        }
      }
      throw error;
    }
  },
});
