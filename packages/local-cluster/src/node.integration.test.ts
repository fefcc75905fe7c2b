/**
 * @jest-environment node
 * @heavy
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  dnsEgress,
  inNamespace,
  namespace,
  oncePod,
  policy,
  serverPod,
  service,
} from './__testUtils__/objects';
import {
  eventually,
  settles,
  FIRST_START_MS,
  TestCluster,
} from './__testUtils__/TestCluster';
import { tracesOf, tryToConnect } from './__testUtils__/traces';
import { loadImage } from './lifecycle/loadImage';
import { clusterPaths } from './paths';
import { run } from './process/run';

jest.setTimeout(900_000);

/** Python that tries once, at once, to open a connection. */
const connects = (address: string) => `
import socket
try: socket.create_connection((${JSON.stringify(
  address,
)}, 8080), 2); print('connected')
except OSError: print('blocked')`;

const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
const spec = resolve(__dirname, '__fixtures__', 'image.json');

(asRoot ? describe : describe.skip)('a cluster with a node', () => {
  let cluster: TestCluster;
  let image: string;

  /** Requests a page from within a pod; returns the HTTP status, or `blocked`. */
  const fetchFrom = async (
    ns: string,
    pod: string,
    url: string,
  ): Promise<string> => {
    const code = `
import urllib.request
try: print(urllib.request.urlopen(${JSON.stringify(url)}, timeout=2).status)
except OSError as error: print('blocked' if 'timed out' in str(error) else error)`;
    return (
      await cluster.kubectl('exec', '-n', ns, pod, '--', 'python3', '-c', code)
    ).trim();
  };
  const serverUrl = 'http://server.one.svc.cluster.local';

  const network = () =>
    JSON.parse(
      readFileSync(clusterPaths(cluster.dataDir, cluster.name).network, 'utf8'),
    );

  /** Lists the routes that refuse packets to the cluster's addresses. */
  const refused = async () => {
    const { pods, services } = network();
    const all = await run('ip', ['route', 'show', 'type', 'unreachable']);
    return all
      .split('\n')
      .filter(line => line.includes(pods) || line.includes(services));
  };

  beforeAll(async () => {
    cluster = await TestCluster.create('test-node');
    await cluster.start();
    image = JSON.parse(await cluster.command('image', 'load', spec)).ref;
    await cluster.apply(
      namespace('one'),
      namespace('two'),
      serverPod(image, 'one', 'server'),
      service('one', 'server'),
      serverPod(image, 'two', 'client'),
      namespace('alpha--dev'),
      namespace('beta--dev'),
      serverPod(image, 'alpha--dev', 'client'),
      service('alpha--dev', 'server'),
      service('beta--dev', 'server'),
    );
    for (const [ns, pod] of [
      ['one', 'server'],
      ['two', 'client'],
      ['alpha--dev', 'client'],
    ]) {
      await cluster.kubectl(
        'wait',
        '--for=condition=Ready',
        `pod/${pod}`,
        '-n',
        ns,
        '--timeout=90s',
      );
    }
  }, FIRST_START_MS);

  afterAll(() => cluster.remove());

  it('finds a Service by name from a pod and reaches it', async () => {
    // The node learns a moment after a pod became ready that it belongs to a Service.
    const read = () => fetchFrom('two', 'client', serverUrl);
    expect(await settles(read, '200', 20_000)).toBe('200');
  });

  it('resolves no names of other tenants for a tenant’s pods, and no addresses to names', async () => {
    const clusterIp = async (ns: string) => {
      const of = ['service', 'server', '-n', ns];
      return cluster.kubectl('get', ...of, '-o', 'jsonpath={.spec.clusterIP}');
    };
    const [alpha, beta, one] = await Promise.all(
      ['alpha--dev', 'beta--dev', 'one'].map(clusterIp),
    );
    const names = [
      'server.alpha--dev.svc.cluster.local',
      'server.one.svc.cluster.local',
      'server.beta--dev.svc.cluster.local',
      'SERVER.Beta--Dev.SVC.cluster.local',
      // Exists when the namespace does, also without an address.
      'beta--dev.svc.cluster.local',
      '10-0-0-1.beta--dev.pod.cluster.local',
    ];
    const code = `
import json, socket
def ask(query, of):
    try: return query(of)
    except OSError as error: return error.strerror
print(json.dumps([
    [ask(socket.gethostbyname, name) for name in ${JSON.stringify(names)}],
    [ask(socket.gethostbyaddr, one) for one in ${JSON.stringify([
      alpha,
      beta,
    ])}],
]))`;
    const askFrom = async (ns: string) => {
      const pod = ['exec', '-n', ns, 'client', '--', 'python3', '-c', code];
      return JSON.parse(await cluster.kubectl(...pod));
    };
    const none = 'Name or service not known';
    const noName = ['Unknown host', 'Unknown host'];
    // The name service hears of a new pod a moment after it started.
    await eventually(async () => (await askFrom('alpha--dev'))[0][0] === alpha);
    expect(await askFrom('alpha--dev')).toEqual([
      [alpha, one, none, none, none, none],
      noName,
    ]);
    expect(await askFrom('two')).toEqual([
      [none, one, none, none, none, none],
      noName,
    ]);
  });

  it('maps the root of a pod to an unprivileged user of the machine', async () => {
    const map = await cluster.kubectl(
      'exec',
      '-n',
      'one',
      'server',
      '--',
      'cat',
      '/proc/self/uid_map',
    );
    const [inside, outside] = map.trim().split(/\s+/).map(Number);
    expect(inside).toBe(0);
    expect(outside).toBeGreaterThan(0);
  });

  it('shows logs of a pod', async () => {
    await fetchFrom('two', 'client', serverUrl);
    const logs = await cluster.kubectl('logs', '-n', 'one', 'server');
    expect(logs).toContain('"GET / HTTP/1.1" 200');
  });

  it('has the image already when it is loaded again', async () => {
    const { dataDir, name } = cluster;
    const steps: string[] = [];
    const { ref } = await loadImage({
      dataDir,
      name,
      specFile: spec,
      report: step => steps.push(step),
    });
    expect({ ref, steps }).toEqual({ ref: image, steps: [] });
    await eventually(
      () => cluster.state.images?.['bailiwick-test/python'] === image,
    );
  });

  it('reaches the registry from the machine', async () => {
    const response = await fetch(
      `http://${cluster.state.registry?.address}/v2/`,
    );
    expect(response.status).toBe(200);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  describe('with network policies', () => {
    afterEach(async () => {
      await cluster.kubectl('delete', 'networkpolicies', '--all', '-n', 'one');
      await cluster.kubectl('delete', 'networkpolicies', '--all', '-n', 'two');
    });

    const fetched = (wanted: string) =>
      settles(() => fetchFrom('two', 'client', serverUrl), wanted, 20_000);

    it('blocks forbidden ingress, and allows it again', async () => {
      await cluster.apply(
        policy('one', 'closed', { policyTypes: ['Ingress'] }),
      );
      expect(await fetched('blocked')).toBe('blocked');
      await cluster.apply(
        policy('one', 'from-two', {
          policyTypes: ['Ingress'],
          ingress: [{ from: [inNamespace('two')], ports: [{ port: 'web' }] }],
        }),
      );
      expect(await fetched('200')).toBe('200');
    });

    it('keeps probes of a closed pod working', async () => {
      await cluster.apply(
        policy('one', 'closed', { policyTypes: ['Ingress', 'Egress'] }),
      );
      expect(await fetched('blocked')).toBe('blocked');
      const ready = 'jsonpath={.status.conditions[?(@.type=="Ready")].status}';
      expect(
        await cluster.kubectl('get', 'pod', 'server', '-n', 'one', '-o', ready),
      ).toBe('True');
    });

    it('allows DNS if only DNS egress is allowed', async () => {
      await cluster.apply(
        policy('two', 'names', {
          policyTypes: ['Egress'],
          egress: [dnsEgress],
        }),
      );
      expect(await fetched('blocked')).toBe('blocked');
      const code = `import socket; print(socket.gethostbyname('server.one.svc.cluster.local'))`;
      const found = await cluster.kubectl(
        'exec',
        '-n',
        'two',
        'client',
        '--',
        'python3',
        '-c',
        code,
      );
      const address = 'jsonpath={.spec.clusterIP}';
      const expected = await cluster.kubectl(
        'get',
        'service',
        'server',
        '-n',
        'one',
        '-o',
        address,
      );
      expect(found.trim()).toBe(expected);
    });

    it('holds a pod back from its very first packet', async () => {
      const read = ['-n', 'one', 'server', '-o', 'jsonpath={.status.podIP}'];
      const address = await cluster.kubectl('get', 'pod', ...read);
      await cluster.apply(
        policy('two', 'closed', { policyTypes: ['Egress'] }),
        oncePod(image, 'two', 'early', connects(address)),
      );
      const done = '--for=jsonpath={.status.phase}=Succeeded';
      await cluster.kubectl(
        'wait',
        done,
        'pod/early',
        '-n',
        'two',
        '--timeout=60s',
      );
      expect(await cluster.kubectl('logs', '-n', 'two', 'early')).toBe(
        'blocked\n',
      );
    });

    it('keeps a pod without egress away from the API server', async () => {
      const { server } = cluster.state;
      await cluster.apply(
        policy('two', 'names', {
          policyTypes: ['Egress'],
          egress: [dnsEgress],
        }),
      );
      expect(await fetched('blocked')).toBe('blocked');
      expect(await fetchFrom('two', 'client', server)).toBe('blocked');
    });
  });

  it.each(['containerd', 'kube-apiserver', 'kubelet', 'netpol'])(
    'continues after %s is killed',
    async component => {
      await cluster.kill(component);
      const read = () => fetchFrom('two', 'client', serverUrl);
      expect(await settles(read, '200')).toBe('200');
    },
  );

  it('runs beside another cluster with other addresses', async () => {
    const other = await TestCluster.create('test-other');
    try {
      await other.start();
      expect(other.state.server).not.toBe(cluster.state.server);
      expect(await other.kubectl('get', 'nodes', '-o', 'name')).toBe(
        'node/bailiwick-test-other\n',
      );
      expect(await fetchFrom('two', 'client', serverUrl)).toBe('200');
    } finally {
      await other.remove();
    }
  });

  it('leaves nothing on the machine when its supervisor is killed', async () => {
    expect((await tracesOf(cluster)).length).toBeGreaterThan(10);
    process.kill(cluster.state.supervisorPid, 'SIGKILL');
    await eventually(async () => (await tracesOf(cluster)).length === 0);
  });

  it('keeps packets to its addresses on the machine until it is stopped or started again', async () => {
    const { apiService, pods } = network();
    const pod = pods.replace('0/24', '2');
    expect(await tryToConnect(apiService, 443)).toBe('EHOSTUNREACH');
    expect(await tryToConnect(pod, 8080)).toBe('EHOSTUNREACH');
    await cluster.command('stop');
    expect(await refused()).toEqual([]);
  });

  it('starts again with its pods', async () => {
    await cluster.start();
    const read = () => fetchFrom('two', 'client', serverUrl);
    expect(await settles(read, '200')).toBe('200');
  });

  it('leaves nothing on the machine when stopped', async () => {
    await cluster.command('stop');
    expect(await tracesOf(cluster)).toEqual([]);
    expect(await refused()).toEqual([]);
  });
});
