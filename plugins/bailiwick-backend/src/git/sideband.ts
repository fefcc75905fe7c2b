const flush = '0000';

/** A packet of git's pkt-line format with a message for the person, who reads it as `remote: …`. */
function message(words: string): Buffer {
  const text = Buffer.from(`\x02${words}\n`);
  const length = (text.length + 4).toString(16).padStart(4, '0');
  return Buffer.concat([Buffer.from(length), text]);
}

/** Whether a response is multiplexed (side-band-64k), as every git of the last decade requests. */
function isMultiplexed(start: Buffer): boolean {
  return start.length > 4 && [1, 2].includes(start[4]);
}

/**
 * Passes on the response of `git receive-pack`, and appends a message after its end.
 *
 * @param answer - git's bytes; only the closing packet is held back
 * @param afterwards - called when git is done; returns the message, or nothing
 */
export async function* withLastWords(
  answer: AsyncIterable<Buffer>,
  afterwards: () => Promise<string | undefined>,
): AsyncGenerator<Buffer> {
  let start = Buffer.alloc(0);
  let held = Buffer.alloc(0);
  for await (const chunk of answer) {
    if (start.length < 5) {
      start = Buffer.concat([start, chunk.subarray(0, 5 - start.length)]);
    }
    const bytes = Buffer.concat([held, chunk]);
    const end = Math.max(0, bytes.length - flush.length);
    if (end > 0) yield bytes.subarray(0, end);
    held = bytes.subarray(end);
  }
  const words = await afterwards();
  const canTell = isMultiplexed(start) && held.toString() === flush;
  if (words && canTell) yield message(words);
  if (held.length > 0) yield held;
}
