/** The text of an event stream as it arrives. */
export class EventText {
  readonly answer: Response;
  readonly #reader: ReadableStreamDefaultReader<string>;
  #text = '';

  constructor(answer: Response) {
    this.answer = answer;
    this.#reader = answer
      .body!.pipeThrough(new TextDecoderStream())
      .getReader();
  }

  /** Reads until some text has come. @throws Error when the stream ends without it */
  async until(text: string): Promise<void> {
    while (!this.#text.includes(text)) {
      if (!(await this.#more())) throw new Error(`It ended: ${this.#text}`);
    }
  }

  /** Reads to the end; everything that came. */
  async rest(): Promise<string> {
    while (await this.#more());
    return this.#text;
  }

  /** Closes the connection. */
  async leave(): Promise<void> {
    await this.#reader.cancel().catch(() => {});
  }

  async #more(): Promise<boolean> {
    const { done, value } = await this.#reader.read();
    if (value) this.#text += value;
    return !done;
  }
}
