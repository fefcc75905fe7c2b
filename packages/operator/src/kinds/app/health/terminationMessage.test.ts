import { terminationMessage } from './terminationMessage';

const line = (level: string, message: string) =>
  JSON.stringify({ time: '2026-11-21T18:20:42Z', level, message });

describe('terminationMessage', () => {
  it.each([
    ['the last line', 'Traceback\nNameError: x', 'NameError: x'],
    [
      'nothing of what the runtime says while all is well',
      `No prices\n${line('info', 'Application startup complete.')}\n`,
      'No prices',
    ],
    [
      'apart from what the runtime writes into the same line',
      `No prices${line('info', 'Uvicorn running')}\n\n`,
      'No prices',
    ],
    [
      'whole when it has an object of its own',
      'Traceback\nValueError: bad row {"time":"08:00","level":"info"}',
      'ValueError: bad row {"time":"08:00","level":"info"}',
    ],
    ['an error of the runtime', line('error', 'No bundle'), 'No bundle'],
    ['nothing when all was well', line('info', 'Waiting'), ''],
    ['nothing of a line of which the beginning is lost', 'mplete."}', ''],
    [
      'nothing when the log is gone',
      'Error on reading termination message from logs: lstat /app/3.log: no such file',
      '',
    ],
    ['nothing of nothing', '', ''],
  ])('is %s', (_, message, words) => {
    expect(terminationMessage(message)).toBe(words);
  });

  it('is short', () => {
    expect(terminationMessage('x'.repeat(1000))).toHaveLength(300);
  });
});
