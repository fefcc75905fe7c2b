import type { Response } from 'express';
import type { ListedCluster } from './clusters';

/**
 * Adds clusters to the list with which the plugin answers `/clusters`. Of two with one name, the portal's own stays: the
 * tab needs its way to authenticate for the entities that are no apps.
 */
export function addOurClusters(
  res: Response,
  ours: readonly ListedCluster[],
): void {
  const send = res.json.bind(res);
  res.json = body => {
    if (!Array.isArray(body?.items)) return send(body);
    const own: { name: string }[] = body.items;
    const names = new Set(own.map(({ name }) => name));
    const added = ours.filter(({ name }) => !names.has(name));
    return send({ ...body, items: [...own, ...added] });
  };
}
