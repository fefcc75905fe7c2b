import { lookAlike } from './lookAlikes';

describe('lookAlike', () => {
  it.each([
    ['rates-desk', 'ratesdesk'],
    ['rates-desk', 'rates-de5k'],
    ['fx-lab', 'fx-1ab'],
    ['illness', 'i11ness'],
    ['team-0', 'team-o'],
    ['modern', 'modem'],
  ])('recognizes %s and %s as look-alikes', (one, other) => {
    expect(lookAlike(one, other)).toBe(true);
    expect(lookAlike(other, one)).toBe(true);
  });

  it.each([
    ['rates-desk', 'rates-desk'],
    ['desk-1', 'desk-2'],
    ['rates-desk', 'rates-desks'],
    ['fx', 'fy'],
  ])('distinguishes %s and %s', (one, other) => {
    expect(lookAlike(one, other)).toBe(false);
  });
});
