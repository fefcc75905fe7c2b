import { ownedPart } from './ownedPart';

describe('ownedPart', () => {
  it('leaves out what others own', () => {
    const spec = { replicas: 2, paused: false, strategy: { type: 'Recreate' } };
    expect(
      ownedPart(spec, { 'f:replicas': {}, 'f:strategy': { 'f:type': {} } }),
    ).toEqual({ replicas: 2, strategy: { type: 'Recreate' } });
  });

  it('takes the whole of a field that goes no deeper', () => {
    const rule = { from: [{ podSelector: {} }] };
    expect(ownedPart({ rule }, { 'f:rule': {} })).toEqual({ rule });
  });

  it('finds items of lists by their keys, in the order of the list', () => {
    const ports = [
      { port: 80, protocol: 'TCP', name: 'http', nodePort: 0 },
      { port: 53, protocol: 'UDP', name: 'dns', nodePort: 0 },
      { port: 22, protocol: 'TCP', name: 'ssh', nodePort: 0 },
    ];
    expect(
      ownedPart(ports, {
        'k:{"port":53,"protocol":"UDP"}': { '.': {}, 'f:port': {} },
        'k:{"port":80,"protocol":"TCP"}': {
          '.': {},
          'f:name': {},
          'f:port': {},
        },
      }),
    ).toEqual([
      { port: 80, protocol: 'TCP', name: 'http' },
      { port: 53, protocol: 'UDP' },
    ]);
  });

  it('finds values of sets', () => {
    expect(ownedPart(['a', 'b', 'c'], { 'v:"c"': {}, 'v:"a"': {} })).toEqual([
      'a',
      'c',
    ]);
  });
});
