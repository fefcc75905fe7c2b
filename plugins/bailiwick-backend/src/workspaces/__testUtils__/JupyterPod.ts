import { json } from 'node:stream/consumers';
import { Pod } from '../proxy/__testUtils__/Pod';

/** A pod whose server has the routes of a workspace for the portal. */
export class JupyterPod extends Pod {
  /** Code that the portal wrote, and responses to those in `asked`, in their order. */
  readonly received: { path: string; body: any }[] = [];
  /** Requests for the portal; without one, the server answers with 204. */
  readonly asked: unknown[] = [];
  state: object = {};
  /** Status of the response to the first code. */
  putStatus = 204;

  override answer: Pod['answer'] = async (req, res) => {
    const { pathname: path } = new URL(req.url!, 'http://pod.test');
    if (req.method !== 'GET') {
      this.received.push({ path, body: await json(req) });
      if (req.method === 'PUT' && this.putStatus >= 300)
        res.writeHead(this.putStatus).end('{"error":"It has code already"}');
      else res.writeHead(204).end();
      return;
    }
    const body = path === '/bailiwick/state' ? this.state : this.asked.shift();
    if (body === undefined) res.writeHead(204).end();
    else res.end(JSON.stringify(body));
  };
}
