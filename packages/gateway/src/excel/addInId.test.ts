import { addInId } from './addInId';

describe('addInId', () => {
  it('is the UUID of the address in version 5', () => {
    // Example of Python's module uuid.
    expect(addInId('http://python.org/')).toBe(
      '4c565f0d-3f5a-5890-b41b-20cf47701c5e',
    );
  });
});
