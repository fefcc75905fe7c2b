/** Ends the streams of a gateway that stops: they would hold it open for as long as they last. */
export class OpenStreams {
  readonly #open = new Set<() => void>();
  #isStopping = false;

  /**
   * Begins a stream.
   *
   * @param stop - ends it; called at once when the gateway stops already
   * @returns what to call when the stream has ended
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
