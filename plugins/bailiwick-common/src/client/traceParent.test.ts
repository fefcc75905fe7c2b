import { newTraceParent, traceIdOf } from './traceParent';

describe('traceIdOf', () => {
  it('reads the trace of a new header', () => {
    const header = newTraceParent();
    expect(traceIdOf(header)).toBe(header.split('-')[1]);
    expect(newTraceParent()).not.toBe(header);
  });

  it.each([
    undefined,
    '',
    'nonsense',
    `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
    'ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    '00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01',
    '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01x',
  ])('rejects %p', header => {
    expect(traceIdOf(header)).toBeUndefined();
  });

  it('accepts later versions with more fields', () => {
    expect(
      traceIdOf('cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-new'),
    ).toBe('4bf92f3577b34da6a3ce929d0e0e4736');
  });
});
