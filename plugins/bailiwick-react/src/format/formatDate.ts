/** Formats a day in the reader's zone: `1 January 2027`. */
export function formatDate(instant: string): string {
  return new Date(instant).toLocaleDateString('en-GB', { dateStyle: 'long' });
}

/** Formats a time in the reader's zone, with the zone: `1 January 2027 at 08:00:00 GMT`. */
export function formatTime(instant: string): string {
  return new Date(instant).toLocaleString('en-GB', {
    dateStyle: 'long',
    timeStyle: 'long',
  });
}

const instant = /\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z/g;

/** Formats the RFC 3339 instants within a text: `1 January 2027 at 08:00`. */
export function formatInstants(sentence: string): string {
  return sentence.replace(instant, found =>
    new Date(found).toLocaleString('en-GB', {
      dateStyle: 'long',
      timeStyle: 'short',
    }),
  );
}
