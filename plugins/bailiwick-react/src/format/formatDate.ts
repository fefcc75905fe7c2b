/** Formats a day in the reader's zone: `January 1, 2027`. @public */
export function formatDate(instant: string): string {
  return new Date(instant).toLocaleDateString('en-US', { dateStyle: 'long' });
}

/** Formats a time in the reader's zone, with the zone: `January 1, 2027 at 08:00:00 GMT`. @public */
export function formatTime(instant: string): string {
  return new Date(instant).toLocaleString('en-US', {
    dateStyle: 'long',
    timeStyle: 'long',
    hourCycle: 'h23',
  });
}

const instant = /\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z/g;

/** Formats the RFC 3339 instants within a text: `January 1, 2027 at 08:00`. */
export function formatInstants(sentence: string): string {
  return sentence.replace(instant, found =>
    new Date(found).toLocaleString('en-US', {
      dateStyle: 'long',
      timeStyle: 'short',
      hourCycle: 'h23',
    }),
  );
}
