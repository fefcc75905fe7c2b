import {
  coreKinds,
  ignoreNotFound,
  type KubeClient,
  type Pod,
} from '@bailiwick/backstage-kube-controller';
import { runtimePort } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { until } from './EditedApp';

const namespace = 'bench-functions';
const name = 'bare';

/** The functions of the benchmark as handlers of Starlette, on which FastAPI is based. */
const code = `
import uvicorn
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route


async def marker(request):
    return JSONResponse({"value": 1})


async def rows(request):
    count = int(request.query_params["count"])
    table = [{"number": n, "price": n / 7, "name": f"row {n}"} for n in range(count)]
    return JSONResponse({"rows": table, "count": count})


app = Starlette(routes=[Route("/bench_marker", marker), Route("/bench_rows", rows)])
uvicorn.run(app, host="0.0.0.0", port=${runtimePort}, log_level="warning")
`;

/** A pod with the same image, resources and functions as that of an app, and nothing of Bailiwick. */
export class BareTwin {
  readonly #client: KubeClient;
  #address = '';

  private constructor(client: KubeClient) {
    this.#client = client;
  }

  /** @param like - the pod of the app */
  static async start(client: KubeClient, like: Pod): Promise<BareTwin> {
    const twin = new BareTwin(client);
    await client.resource(coreKinds.namespaces).create({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace },
    });
    const [container] = like.spec?.containers ?? [];
    await twin.#pods.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace },
      spec: {
        containers: [
          {
            name,
            image: container.image,
            command: ['python3', '-c', code],
            resources: container.resources,
          },
        ],
      },
    } as unknown as Pod);
    twin.#address = await until('the bare pod has an address', async () => {
      const { status } = await twin.#pods.get(name, { namespace });
      return status?.podIP;
    });
    await until('the bare pod responds', () =>
      twin
        .call('bench_marker')
        .then(({ ok }) => ok)
        .catch(() => false),
    );
    return twin;
  }

  call(path: string): Promise<Response> {
    return fetch(`http://${this.#address}:${runtimePort}/${path}`, {
      signal: AbortSignal.timeout(10_000),
    });
  }

  async stop(): Promise<void> {
    await this.#client
      .resource(coreKinds.namespaces)
      .delete(namespace)
      .catch(ignoreNotFound);
  }

  get #pods() {
    return this.#client.resource<Pod>(coreKinds.pods);
  }
}
