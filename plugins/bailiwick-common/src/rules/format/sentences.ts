/** Joins sentences, leaving out absent ones; those of authors get the full stop that they may lack. @public */
export function joinSentences(
  ...sentences: (string | false | null | undefined)[]
): string {
  return sentences
    .map(sentence => sentence && sentence.trim())
    .filter((sentence): sentence is string => Boolean(sentence))
    .map((sentence, _, { length }) =>
      // A single phrase can be a label.
      length > 1 ? withFullStop(sentence) : sentence,
    )
    .join(' ');
}

/** Returns a text with the full stop that messages of errors often lack. @public */
export function withFullStop(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

/** Returns the first sentence or line of a text, without line breaks. @public */
export function firstSentence(text: string): string {
  const [paragraph] = text.trim().split(/\n\s*\n/);
  const line = paragraph.replace(/\s+/g, ' ');
  return /^.+?[.!?](?= |$)/u.exec(line)?.[0] ?? line;
}

/** Returns the paragraphs of a docstring, whose lines end only for the sake of the source. @public */
export function paragraphsOf(text: string): string[] {
  return text
    .split(/\n\s*\n/)
    .map(lines => lines.replace(/\s*\n\s*/g, ' ').trim())
    .filter(Boolean);
}
