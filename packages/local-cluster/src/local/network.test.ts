/** @jest-environment node */
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isKind } from '../lifecycle/stopCluster';
import { cellNetwork } from '../network/cell';
import { isClusterNetwork } from '../network/ClusterNetwork';
import { clusterPaths, type ClusterPaths } from '../paths';
import { kindName } from '../providers/commands';
import { layoutFile } from './isolation';
import { settleNetwork } from './network';

const damages = ['', '{"address": "10.2', 'null', '{}', '{"index": 3}'];

describe('the files of a cluster', () => {
  let folder: string;
  let paths: ClusterPaths;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bailiwick-network-'));
    paths = clusterPaths(folder, 'a');
    mkdirSync(paths.directory);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const written = () => JSON.parse(readFileSync(paths.network, 'utf8'));

  it('keeps the addresses of the first start', async () => {
    const first = await settleNetwork(paths, true);
    expect(written()).toEqual(first);
    expect(await settleNetwork(paths, true)).toEqual(first);
  });

  it.each(damages)(
    'restores the addresses of a cell from its layout: %j',
    async content => {
      const before = cellNetwork('any');
      writeFileSync(paths.network, content);
      writeFileSync(
        layoutFile(paths),
        JSON.stringify({ hostAddress: `${before.host}/30` }),
      );
      expect(await settleNetwork(paths, true)).toEqual(before);
      expect(written()).toEqual(before);
    },
  );

  it.each(damages)(
    'chooses new ports for a control plane alone: %j',
    async content => {
      writeFileSync(paths.network, content);
      const network = await settleNetwork(paths, false);
      expect(isClusterNetwork(network)).toBe(true);
      expect(written()).toEqual(network);
    },
  );

  it.each(damages)(
    'explains the next step if the addresses of a cell are unknown: %j',
    async content => {
      writeFileSync(paths.network, content);
      await expect(settleNetwork(paths, true)).rejects.toMatchObject({
        message: `${paths.network} is damaged.`,
        remedy: expect.stringContaining('backup'),
      });
    },
  );

  it('recognizes a cluster of kind by its kubeconfig if its state is damaged', () => {
    writeFileSync(paths.state, '{"provider": "ki');
    expect(isKind(paths)).toBe(false);
    const name = kindName(paths.directory);
    writeFileSync(paths.kubeconfig, `current-context: kind-${name}\n`);
    expect(isKind(paths)).toBe(true);
    writeFileSync(paths.kubeconfig, 'current-context: kind-somebody-elses\n');
    expect(isKind(paths)).toBe(false);
  });
});
