/** Milliseconds after a change in which pods with the former code may still respond. */
const recently = 5_000;

/** Remembers which code apps run, and when it changed. */
export class CodeChanges {
  readonly #known = new Map<string, { code: string; changedAt: number }>();

  /**
   * Whether the code of an app changed in the last five seconds.
   *
   * @param app - its namespace and name
   * @param code - digest of the code that it runs now; unknown code is no change
   */
  isRecent(app: string, code: string | undefined): boolean {
    const known = this.#known.get(app);
    const now = performance.now();
    if (code === undefined || known?.code === code)
      return known !== undefined && now - known.changedAt < recently;
    const changedAt = known ? now : -Infinity;
    this.#known.set(app, { code, changedAt });
    return known !== undefined;
  }
}
