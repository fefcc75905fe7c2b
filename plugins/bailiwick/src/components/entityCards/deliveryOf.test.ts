import { anApp } from '../../__fixtures__/views';
import { deliveryOf } from './deliveryOf';

describe('deliveryOf', () => {
  const url = 'https://prices.dev.rates.apps.example.com';
  const gateway = 'https://feeds.example.com';
  const addressOf = (own?: string, of?: string) => {
    const app = anApp();
    app.status!.environments![0].address = own ? { url: own } : undefined;
    return deliveryOf(app, of)[0].address;
  };

  it.each([
    ['the gateway’s address', undefined, gateway],
    ['the app’s own address', url, gateway],
    ['the app’s own address without a gateway', url, undefined],
    ['no address without a gateway', undefined, undefined],
  ])('gives %s', (_, own, of) => {
    const prefix = own ?? (of && `${of}/v1/rates-desk/dev/month-end-prices`);
    expect(addressOf(own, of)).toBe(prefix && `${prefix}/prices`);
  });
});
