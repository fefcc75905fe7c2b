import {
  connectionKind,
  runKind,
  type Archetype,
  type Connection,
  type DomainPack,
  type Run,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { pack } from '@bailiwick/backstage-testing/objects';

const job: Partial<Archetype> = {
  shape: 'job',
  settings: {
    type: 'object',
    properties: {
      schedule: { type: 'string', default: '0 5 1 1 *' },
      days: { type: 'integer', minimum: 1, default: 30 },
    },
  },
  run: {
    steps: [{ function: 'report' }],
    scheduleFrom: 'schedule',
    keep: 7,
    seconds: 60,
    storage: '2Gi',
  },
};

const dag: Partial<Archetype> = {
  shape: 'dag',
  run: {
    steps: [
      { function: 'reads' },
      { function: 'left', needs: ['reads'] },
      { function: 'right', needs: ['reads'] },
      { function: 'summary', needs: ['left', 'right'] },
    ],
    keep: 10,
    seconds: 600,
    storage: '1Gi',
  },
};

const mqtt: Partial<Archetype> = {
  shape: 'mqtt',
  connections: ['broker'],
  settings: {
    type: 'object',
    properties: {
      topics: {
        type: 'array',
        items: { type: 'string' },
        default: ['plant/#'],
      },
    },
  },
  consume: {
    function: 'telemetry',
    connection: 'broker',
    topicsFrom: 'topics',
    window: { seconds: 5, messages: 500 },
    storage: '1Gi',
  },
};

/** A pack with an archetype of each shape that keeps results, named as the shape. */
export function packOfShapes(name: string): DomainPack {
  const made = pack(name);
  const [common] = made.spec.archetypes;
  const archetypes = Object.entries({ job, dag, mqtt }).map(
    ([shape, changes]) => ({ ...common, ...changes, name: shape }),
  );
  return {
    ...made,
    spec: {
      ...made.spec,
      archetypes: [common, ...archetypes],
      connections: [{ name: 'broker', title: 'Plant broker', kind: 'mqtt' }],
    },
  };
}

/** A connection to the broker of the pack `market`. */
export function connection(
  name: string,
  changes: Partial<Connection['spec']> = {},
): Connection {
  const { apiVersion, kind } = connectionKind;
  return {
    apiVersion,
    kind,
    metadata: { name },
    spec: {
      title: 'Plant broker',
      pack: 'market',
      name: 'broker',
      host: 'broker.example',
      port: 8883,
      tls: true,
      egress: { cidrs: ['10.20.0.5/32'] },
      ...changes,
    },
  };
}

/** A run that a person begins. */
export function run(
  name: string,
  namespace: string,
  changes: Partial<Run['spec']> = {},
): Run {
  const { apiVersion, kind } = runKind;
  return {
    apiVersion,
    kind,
    metadata: { name, namespace },
    spec: {
      app: 'flow',
      environment: 'dev',
      trigger: 'person',
      requestedBy: 'user:default/bea',
      parameters: {},
      ...changes,
    },
  };
}
