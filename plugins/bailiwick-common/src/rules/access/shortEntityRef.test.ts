import { shortEntityRef } from './shortEntityRef';

describe('shortEntityRef', () => {
  it.each([
    ['user:default/rita', 'rita'],
    ['group:default/rates', 'rates'],
    ['group:desks/rates', 'desks/rates'],
    ['rita', 'rita'],
  ])('shortens %s to %s', (reference, short) => {
    expect(shortEntityRef(reference)).toBe(short);
  });
});
