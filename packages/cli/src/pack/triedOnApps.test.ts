import type { App } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { app, pack } from '@bailiwick/backstage-testing/objects';
import { triedOnApps } from './triedOnApps';

const made = (name: string, changes: Partial<App['spec']> = {}): App => {
  const { spec, ...rest } = app(name, 'rates-desk--home');
  return { ...rest, spec: { ...spec, ...changes } };
};
const market = (rule: string) => {
  const { spec, ...rest } = pack('market');
  const policies = [{ rule, message: 'Say what it is for' }];
  return { ...rest, spec: { ...spec, policies } };
};
const ofMarket = (changes: Partial<App['spec']> = {}) =>
  made('feed', {
    archetype: { pack: 'market', version: '1.0.0', name: 'price-feed' },
    ...changes,
  });

describe('triedOnApps', () => {
  it('reports nothing about apps that keep the policies, and apps of other packs', () => {
    const rule = 'has(app.description)';
    const kept = ofMarket({ description: 'Prices' });
    const other = made('other', {
      archetype: { pack: 'plants', version: '1.0.0', name: 'x' },
    });
    expect(triedOnApps(market(rule), [kept, other])).toEqual({ words: '' });
    expect(triedOnApps(pack('market'), [ofMarket()])).toEqual({ words: '' });
  });

  it('names the apps that break one, and not all of very many', () => {
    const apps = Array.from({ length: 7 }, () =>
      ofMarket({ description: undefined }),
    );
    const { refusal, words } = triedOnApps(
      market('has(app.description)'),
      apps,
    );
    expect(refusal).toBeUndefined();
    expect(words).toMatch(
      /^These apps violate the policy "Say what it is for": (rates-desk--home\/feed, ){4}rates-desk--home\/feed and 2 more\. They keep running/,
    );
  });

  it('refuses a policy that cannot be evaluated for an app', () => {
    const { refusal } = triedOnApps(market('size(app.description) > 0'), [
      ofMarket({ description: undefined }),
    ]);
    expect(refusal?.message).toMatch(
      /The policy "Say what it is for" cannot be evaluated for the app rates-desk--home\/feed:/,
    );
  });
});
