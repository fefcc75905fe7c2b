import { Gate } from './Gate';

describe('Gate', () => {
  it('opens when the last holder releases it', async () => {
    const gate = new Gate();
    await gate.passed();
    gate.close();
    let passed = 0;
    const waiting = gate.passed().then(() => {
      passed += 1;
    });
    gate.close();
    gate.open();
    await Promise.resolve();
    expect(passed).toBe(0);
    gate.open();
    await waiting;
    gate.open();
    await gate.passed();
    expect(passed).toBe(1);
  });
});
