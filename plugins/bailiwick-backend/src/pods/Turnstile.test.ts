import { Turnstile } from './Turnstile';

describe('Turnstile', () => {
  it('lets so many in of each person, and again when one left, once', () => {
    const logs = new Turnstile('logs', { each: 2, all: 10 });
    const leave = logs.enter('bea');
    logs.enter('bea');
    expect(() => logs.enter('bea')).toThrow(
      'You have 2 logs open, which is the most: close one first',
    );
    logs.enter('tom');
    leave();
    leave();
    logs.enter('bea');
    expect(() => logs.enter('bea')).toThrow('You have 2 logs open');
  });

  it('lets so many in of all', () => {
    const logs = new Turnstile('logs', { each: 2, all: 2 });
    const leave = logs.enter('bea');
    logs.enter('tom');
    expect(() => logs.enter('rita')).toThrow('2 logs are open in this portal');
    leave();
    logs.enter('rita');
  });
});
