import { formatCommit } from './formatCommit';

describe('formatCommit', () => {
  it('shows the first seven digits', () => {
    expect(formatCommit('3f9c1e2a77b04c1d')).toBe('3f9c1e2');
  });
});
