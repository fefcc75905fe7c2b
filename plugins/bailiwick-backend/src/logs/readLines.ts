/** Maximum number of characters read per line; longer lines are not for people. */
export const longestLine = 16_384;

/** A line of which only the beginning is kept. */
class CutLine {
  #text = '';
  #cut = 0;

  get isEmpty(): boolean {
    return this.#text === '';
  }

  add(part: string): void {
    const room = longestLine - this.#text.length;
    this.#text += part.slice(0, room);
    this.#cut += Math.max(0, part.length - room);
  }

  /** The line, and nothing of it is kept. */
  take(): string {
    const text =
      this.#cut > 0
        ? `${this.#text} … (${this.#cut} more characters)`
        : this.#text;
    this.#text = '';
    this.#cut = 0;
    return text;
  }
}

/**
 * The lines of a text while it arrives, each at most {@link longestLine} characters and then how many
 * were left out. Of a line without end no more than that is ever held.
 */
export async function* readLines(
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const line = new CutLine();
  for await (const chunk of body) {
    const [first, ...others] = decoder
      .decode(chunk, { stream: true })
      .split('\n');
    line.add(first);
    for (const next of others) {
      yield line.take();
      line.add(next);
    }
  }
  line.add(decoder.decode());
  if (!line.isEmpty) yield line.take();
}
