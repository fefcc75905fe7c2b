import { packOfShapes } from '../../../__testUtils__/shapes';
import { resolveSettings } from './resolveSettings';

const pack = packOfShapes('market');
const [first] = pack.spec.archetypes;
const properties = {
  account: {
    type: 'string',
    checksum: 'iban',
    default: 'DE89370400440532013000',
  },
  since: { type: 'string', format: 'month', default: '2026-02' },
  limit: { type: 'string', format: 'money', default: '10.00 EUR' },
  from: {
    type: 'string',
    format: 'date-time',
    default: '2026-02-02T10:00:00Z',
  },
};
const archetype = { ...first, settings: { type: 'object', properties } };
const resolve = (parameters: Record<string, unknown>) =>
  resolveSettings(
    { archetype, pack },
    { name: 'prod', revision: 'draft', parameters },
  );

describe('resolveSettings', () => {
  it('accepts check digits and formats of packs', () => {
    expect(resolve({ since: '2025-12' })).toEqual({
      account: 'DE89370400440532013000',
      since: '2025-12',
      limit: '10.00 EUR',
      from: '2026-02-02T10:00:00Z',
    });
  });

  it.each([
    [
      { account: 'DE88370400440532013000' },
      'account has wrong IBAN check digits: 88; the other characters need 89',
    ],
    [{ since: '2026-13' }, 'since must be a month such as 2026-02'],
    [
      { from: '2026-02-02T10:00:00' },
      'from must be a date and time with its offset from UTC',
    ],
    [{ limit: '10 EURO' }, 'limit must be an amount with its currency'],
  ])('rejects %j from anyone', (parameters, words) => {
    expect(() => resolve(parameters)).toThrow(
      `The settings in prod are invalid: ${words}`,
    );
  });
});
