/** Terminal escape sequences: CSI, then OSC and similar ones up to their end, then those of two characters. */
const sequences =
  // eslint-disable-next-line no-control-regex
  /\u001b\[[0-?]*[ -/]*[@-~]|\u009b[0-?]*[ -/]*[@-~]|\u001b[\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\)|\u001b[ -/]*[0-Z\\^-~]/g;

/** Characters that are invisible or change the writing direction, except tabs. */
const hidden =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/**
 * Returns text that is safe to show: terminal sequences are removed, and invisible characters are shown by name, such
 * as `<U+0008>`.
 *
 * @public
 */
export function readableText(text: string): string {
  return text.replace(sequences, '').replace(hidden, named);
}

function named(character: string): string {
  const code = character.charCodeAt(0).toString(16).toUpperCase();
  return `<U+${code.padStart(4, '0')}>`;
}
