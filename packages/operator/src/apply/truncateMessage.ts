/** Maximum length of a foreign message in a status. */
const maxLength = 1000;

/** Shortens a message for a status, as objects have a maximum size. */
export function truncateMessage(message: string): string {
  return message.length > maxLength
    ? `${message.slice(0, maxLength)}…`
    : message;
}
