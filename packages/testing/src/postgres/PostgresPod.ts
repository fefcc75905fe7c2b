import {
  coreKinds,
  ignoreAlreadyExists,
  type KubeClient,
  type KubeObject,
  type Pod,
} from '@bailiwick/backstage-kube-controller';
import { join } from 'node:path';
import { eventually } from '../cluster/eventually';

const name = 'postgres';
const data = '/data/base';

/** Spec of an image with PostgreSQL 15 and its clients. */
export const postgresImageSpec = join(import.meta.dirname, 'image.json');

/** A real PostgreSQL in a pod, behind a Service. Its data is on a volume, so that another pod continues with it. */
export class PostgresPod {
  /** Address with user and database for pods of the cluster. */
  readonly url: string;
  readonly #client: KubeClient;
  readonly #namespace: string;
  readonly #image: string;

  /** @param options - `namespace`: exists already; `image`: loaded from {@link postgresImageSpec} */
  constructor(
    client: KubeClient,
    { image, namespace }: { image: string; namespace: string },
  ) {
    this.#client = client;
    this.#namespace = namespace;
    this.#image = image;
    this.url = `postgresql://bailiwick@${name}.${namespace}.svc:5432/postgres`;
  }

  /** Starts the server, and waits until it answers. */
  async start(): Promise<void> {
    for (const [type, object] of [
      [coreKinds.services, this.#service()],
      [coreKinds.persistentVolumeClaims, this.#claim()],
    ] as const)
      await this.#client
        .resource<KubeObject>(type)
        .create(object)
        .catch(ignoreAlreadyExists);
    const pods = this.#client.resource<Pod>(coreKinds.pods);
    await pods.create(this.#pod());
    await eventually(
      'PostgreSQL is ready',
      async () => {
        const { status } = await pods.get(name, { namespace: this.#namespace });
        return status?.containerStatuses?.[0]?.ready;
      },
      120,
    );
  }

  /** Ends the server; its data stays. */
  async stop(): Promise<void> {
    const pods = this.#client.resource<Pod>(coreKinds.pods);
    await pods.delete(name, { namespace: this.#namespace });
    await eventually('PostgreSQL has ended', async () => {
      const left = await pods.list({ namespace: this.#namespace });
      return left.every(({ metadata }) => metadata.name !== name);
    });
  }

  get #metadata() {
    return { name, namespace: this.#namespace, labels: { app: name } };
  }

  #service(): KubeObject {
    return {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: this.#metadata,
      spec: { selector: { app: name }, ports: [{ port: 5432 }] },
    } as KubeObject;
  }

  #claim(): KubeObject {
    return {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: this.#metadata,
      spec: {
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: '1Gi' } },
      },
    } as KubeObject;
  }

  #pod(): Pod {
    const user = 65_532;
    const script = [
      `[ -d ${data} ] || {`,
      `  initdb --pgdata ${data} --username bailiwick --auth trust --encoding UTF8 --locale C --no-sync`,
      `  echo "host all all all trust" >> ${data}/pg_hba.conf`,
      `}`,
      // Kubernetes opens the volume to the group.
      `chmod 700 ${data}`,
      `exec postgres -D ${data} -k /tmp -c listen_addresses='*' -c fsync=off -c jit=off`,
    ].join('\n');
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: this.#metadata,
      spec: {
        // It would wait for its clients.
        terminationGracePeriodSeconds: 1,
        securityContext: {
          runAsNonRoot: true,
          runAsUser: user,
          fsGroup: user,
          seccompProfile: { type: 'RuntimeDefault' },
        },
        containers: [
          {
            name,
            image: this.#image,
            command: ['sh', '-ec', script],
            readinessProbe: {
              exec: { command: ['pg_isready', '-h', '127.0.0.1'] },
              periodSeconds: 1,
            },
            securityContext: {
              allowPrivilegeEscalation: false,
              capabilities: { drop: ['ALL'] },
            },
            volumeMounts: [{ name: 'data', mountPath: '/data' }],
          },
        ],
        volumes: [{ name: 'data', persistentVolumeClaim: { claimName: name } }],
      },
    } as unknown as Pod;
  }
}
