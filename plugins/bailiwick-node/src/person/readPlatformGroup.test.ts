import { mockServices } from '@backstage/backend-test-utils';
import { readPlatformGroup } from './readPlatformGroup';

const read = (platformGroup?: string) =>
  readPlatformGroup(
    mockServices.rootConfig({
      data: platformGroup ? { bailiwick: { platformGroup } } : {},
    }),
  );

describe('readPlatformGroup', () => {
  it('returns the configured group', () => {
    expect(read('group:ops/sre')).toBe('group:ops/sre');
    expect(read()).toBe('group:default/platform');
  });

  it.each(['sre', 'user:default/pia', 'group:sre', 'Group:default/SRE'])(
    'rejects %s',
    value => {
      expect(() => read(value)).toThrow(
        `bailiwick.platformGroup must be a lowercase group reference such as group:default/sre, not "${value}"`,
      );
    },
  );
});
