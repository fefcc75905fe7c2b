import { aTenant } from '../../__fixtures__/objects';
import { tenantKind } from '..';
import { fieldPath, validate } from './kind';

describe('validate', () => {
  it('accepts a valid object', () => {
    expect(validate(tenantKind, aTenant())).toEqual([]);
  });

  it('names every field that is wrong, in the notation of the API server', () => {
    const tenant = aTenant({
      title: '',
      environments: [{ name: 'home', cluster: 'local', protected: false }],
    });
    const fields = validate(tenantKind, tenant).map(text => text.split(':')[0]);
    expect(fields).toEqual(['spec.title', 'spec.environments[0].name']);
  });

  it('reports missing fields and wrong types in plain words', () => {
    const { title: _title, ...spec } = aTenant().spec;
    const object = {
      ...aTenant(),
      spec: { ...spec, owners: 'me', purpose: 3 },
    };
    expect(validate(tenantKind, object)).toEqual([
      'spec.title: is missing',
      'spec.purpose: must be a string',
      'spec.owners: must be a list',
    ]);
  });

  it('refuses two entries with the same key', () => {
    const dev = { name: 'dev', cluster: 'local', protected: false };
    expect(validate(tenantKind, aTenant({ environments: [dev, dev] }))).toEqual(
      [expect.stringContaining('spec.environments[1]')],
    );
  });

  it('reports a rule about the name without a path', () => {
    const [problem] = validate(tenantKind, aTenant({}, 'a--b'));
    expect(problem).toMatch(/^A tenant name must not contain "--"/);
  });
});

describe('fieldPath', () => {
  it.each([
    [['spec', 'title'], 'spec.title'],
    [['spec', 'owners', 0], 'spec.owners[0]'],
    [['environments', 2, 'name'], 'environments[2].name'],
    [[], ''],
  ])('writes %j', (path, text) => {
    expect(fieldPath(path)).toBe(text);
  });
});
