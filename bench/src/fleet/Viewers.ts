/** People who have the fleet open, without their browsers: each follows its stream. */
export class Viewers {
  readonly #stop = new AbortController();
  readonly #streams: Promise<void>[] = [];
  #failure: Error | undefined;
  /** Bytes that all of them were sent. */
  bytes = 0;

  /** Opens streams; fulfilled when each has begun. */
  static async open(
    portal: string,
    authorization: string,
    count: number,
  ): Promise<Viewers> {
    const viewers = new Viewers();
    await Promise.all(
      Array.from({ length: count }, () =>
        viewers.#follow(portal, authorization),
      ),
    );
    return viewers;
  }

  /** Disconnects the viewers. @throws Error if the portal disconnected one before */
  async close(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#streams);
    if (this.#failure) throw this.#failure;
  }

  async #follow(portal: string, authorization: string): Promise<void> {
    const { body, status } = await fetch(
      `${portal}/api/bailiwick/fleet?watch=true`,
      { headers: { authorization }, signal: this.#stop.signal },
    );
    if (status !== 200 || !body)
      throw new Error(`The portal answers a viewer with ${status}`);
    this.#streams.push(
      this.#read(body).catch(error => {
        if (!this.#stop.signal.aborted) this.#failure = error;
      }),
    );
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    for await (const part of body) this.bytes += part.byteLength;
  }
}
