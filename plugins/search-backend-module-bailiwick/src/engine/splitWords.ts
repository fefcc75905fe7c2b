/** A word of a text, in lower case. */
export interface Word {
  text: string;
  /** Position of its first character in the text. */
  start: number;
}

const names = /[\p{L}\p{M}\p{N}]+/gu;
const parts =
  /\p{Lu}?[\p{Ll}\p{M}\p{N}]+|\p{Lu}+(?!\p{Ll})|[\p{L}\p{M}\p{N}]/gu;

/** Splits a text into words; compound names, such as `MonthEnd`, are followed by the words in them. */
export function splitWords(text: string): Word[] {
  return [...text.matchAll(names)].flatMap(({ 0: name, index }) => {
    const found = [...name.matchAll(parts)].map(part => ({
      text: part[0].toLowerCase(),
      start: index + part.index,
    }));
    const whole = { text: name.toLowerCase(), start: index };
    return found.length > 1 ? [whole, ...found] : [whole];
  });
}
