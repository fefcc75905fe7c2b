/** Wraps an action so that its errors have no stack, which the scaffolder would show to people. */
export function withoutStack<C>(
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
