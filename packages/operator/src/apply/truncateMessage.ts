/** Characters of somebody else's words that a status repeats. */
const most = 1000;

/** Words for a status: objects have a largest size, and people read the beginning. */
export function shorten(words: string): string {
  return words.length > most ? `${words.slice(0, most)}…` : words;
}
