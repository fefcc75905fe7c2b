/** Ends the streams of a gateway that stops: they would hold it open for as long as they last. */
export class OpenStreams {
  readonly #open = new Set<() => void>();
  #isStopping = false;

  /**
   * Registers a stream.
   *
   * @param stop - ends it; called at once if the gateway is already stopping
   * @returns a function to call when the stream has ended
   */
  begin(stop: () => void): () => void {
    const one = () => stop();
    this.#open.add(one);
    if (this.#isStopping) one();
    return () => this.#open.delete(one);
  }

  /** Ends all streams, and those that begin from now on. */
  stop(): void {
    this.#isStopping = true;
    for (const stop of this.#open) stop();
  }
}
