import { connectSoon } from './connectSoon';

describe('connectSoon', () => {
  it('connects to port 80 by default, and reports failures once', async () => {
    const done = jest.fn();
    await new Promise<void>(resolve => {
      connectSoon(
        // An address that reaches no other host (RFC 5735 section 3).
        { hostname: '127.0.0.80', protocol: 'http:', port: '' },
        (...result) => {
          done(...result);
          resolve();
        },
      );
    });
    expect(done.mock.calls).toEqual([
      [expect.objectContaining({ code: 'ECONNREFUSED', port: 80 }), null],
    ]);
  });
});
