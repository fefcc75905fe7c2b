/** Milliseconds after a change in which connections to former pods are not kept. */
const recently = 5_000;

/** Remembers which pods apps run, and when they changed. */
export class PodChanges {
  readonly #known = new Map<string, { pods: string; changedAt: number }>();

  /**
   * Whether the pods of an app changed in the last five seconds.
   *
   * @param app - its namespace and name
   * @param pods - differs for other code and for another number of pods; unknown pods are no change
   */
  isRecent(app: string, pods: string | undefined): boolean {
    const known = this.#known.get(app);
    const now = performance.now();
    if (pods === undefined || known?.pods === pods)
      return known !== undefined && now - known.changedAt < recently;
    const changedAt = known ? now : -Infinity;
    this.#known.set(app, { pods, changedAt });
    return known !== undefined;
  }
}
