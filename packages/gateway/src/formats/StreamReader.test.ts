import { StreamReader } from './StreamReader';

const events =
  'retry: 2000\n\n' +
  'id: 8\ndata: {"note":"id: 99"}\n\n' +
  ': heartbeat\n\n' +
  'id: 12\ndata: [{"note":"\\nid: 77\\n"},{}]\n\n' +
  'event: end\ndata: {"rows":5}\n\n';

describe('StreamReader', () => {
  it.each([1, 2, 3, 7, 16, 25, 1000])(
    'counts the rows of events in chunks of %i bytes',
    size => {
      const reader = new StreamReader('7');
      const bytes = Buffer.from(events);
      for (let at = 0; at < bytes.length; at += size) {
        reader.read(bytes.subarray(at, at + size));
      }
      expect(reader.rows).toBe(5);
      expect(reader.isBetweenEvents).toBe(true);
    },
  );

  it('counts from the first row for a new reader', () => {
    const reader = new StreamReader();
    reader.read(Buffer.from(events));
    expect(reader.rows).toBe(12);
  });

  it('recognizes complete events', () => {
    const reader = new StreamReader();
    expect(reader.isBetweenEvents).toBe(true);
    reader.read(Buffer.from('id: 1\ndata: {'));
    expect(reader.isBetweenEvents).toBe(false);
    reader.read(Buffer.from('}\n'));
    expect(reader.isBetweenEvents).toBe(false);
    reader.read(Buffer.from('\n'));
    expect(reader.isBetweenEvents).toBe(true);
  });
});
