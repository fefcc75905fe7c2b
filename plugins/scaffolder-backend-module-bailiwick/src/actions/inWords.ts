/**
 * Runs the work of an action so that a failure is told by its message alone: the scaffolder shows
 * people the stack of what an action throws.
 */
export function inWords<C>(
  work: (ctx: C) => Promise<void>,
): (ctx: C) => Promise<void> {
  return async ctx => {
    try {
      await work(ctx);
    } catch (error) {
      if (error instanceof Error) error.stack = error.message;
      throw error;
    }
  };
}
