import { Reporter } from './Reporter';

describe('Reporter', () => {
  it('reports no exits after the stop has started', async () => {
    const written: string[] = [];
    const write = jest
      .spyOn(process.stderr, 'write')
      .mockImplementation(text => Boolean(written.push(String(text))));
    try {
      const whole = new Reporter(Date.now());
      const stopping = new AbortController();
      const start = whole.until(stopping.signal);
      await start.step('Packs', async () => {
        whole.say('Stopping');
        stopping.abort();
      });
      start.say('✔ The portal answers');
      whole.say('Stopped');
    } finally {
      write.mockRestore();
    }
    expect(written.map(line => line.replace(/^.* s {2}/, '').trim())).toEqual([
      '… Packs',
      'Stopping',
      'Stopped',
    ]);
  });
});
