import {
  clusterPaths,
  type ClusterPaths,
} from '@bailiwick/backstage-local-cluster';
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';

/** One key, as etcd's JSON gateway writes it: bytes in Base64. */
interface KeyValue {
  key: string;
  value: string;
  /** Set for keys that end by themselves. */
  lease?: string;
}

/** An object as the API server stores it: below `/registry`, JSON or Protocol Buffers in Base64. */
export interface StoredObject {
  key: string;
  value: string;
}

const textOf = (key: string) => Buffer.from(key, 'base64').toString();

/** Whether it is a sign of life of a component, by a key in Base64. */
const isRenewed = (key: string) =>
  /^\/registry\/leases\/kube-(system|node-lease)\//.test(textOf(key));

/** Those that are neither renewed all the time nor end by themselves. */
const lasting = (all: readonly KeyValue[]) =>
  all.filter(({ key, lease }) => !lease && !isRenewed(key));

/** Names of the lasting keys that one reading has in another form than the other, or not at all. */
function differences(
  one: readonly KeyValue[],
  other: readonly KeyValue[],
): string[] {
  const [before, after] = [one, other].map(
    all => new Map(lasting(all).map(({ key, value }) => [key, value])),
  );
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys]
    .filter(key => before.get(key) !== after.get(key))
    .map(textOf);
}

/** Milliseconds without a change; longer than the back-off of controllers that retry. */
const quietMs = 5_000;
const pollMs = 250;
/** Time limit for controllers in milliseconds; a control plane with a chart takes some ten seconds. */
const settleMs = 120_000;

/** The limit of etcd is 128. */
const operationsAtOnce = 100;

/**
 * Objects that configure the API server, which takes seconds to apply a change. A policy with a ConfigMap as parameter
 * never finds it again after the policy was deleted and recreated
 * (https://github.com/kubernetes/kubernetes/issues/130887).
 */
const fundamental =
  /^\/registry\/(apiextensions|apiregistration|mutating|validating)/;

/**
 * The data of a control plane at one moment, and the way to restore it: through etcd itself, unhindered by finalizers
 * and policies, while the API server keeps running and sees each change in its watches.
 *
 * @see https://etcd.io/docs/v3.6/dev-guide/api_grpc_gateway/
 */
export class EtcdData {
  readonly #agent: Agent;
  readonly #port: number;
  #known: readonly KeyValue[] = [];

  private constructor({ network, pki }: ClusterPaths) {
    const pem = (file: string) => readFileSync(join(pki, file));
    this.#agent = new Agent({
      ca: pem('etcd-ca.crt'),
      cert: pem('apiserver-etcd.crt'),
      key: pem('apiserver-etcd.key'),
    });
    this.#port = JSON.parse(readFileSync(network, 'utf8')).ports.etcd;
  }

  /** Stores the current data of the control plane. */
  static async remember(dataDir: string, name: string): Promise<EtcdData> {
    const data = new EtcdData(clusterPaths(dataDir, name));
    data.#known = await data.#read();
    return data;
  }

  /**
   * Restores the stored data in etcd.
   *
   * @returns whether the API server can continue; otherwise nothing was changed
   */
  async rewind(): Promise<boolean> {
    const before = new Map(this.#known.map(each => [each.key, each]));
    const now = new Map((await this.#read()).map(each => [each.key, each]));
    const changed = lasting(this.#known).filter(
      ({ key, value }) => now.get(key)?.value !== value,
    );
    const added = [...now.keys()].filter(
      key => !before.has(key) && !isRenewed(key),
    );
    const names = [...changed.map(({ key }) => key), ...added].map(textOf);
    if (names.some(name => fundamental.test(name))) return false;
    const operations = [
      ...added.map(key => ({ requestDeleteRange: { key } })),
      ...changed.map(({ key, value }) => ({ requestPut: { key, value } })),
    ];
    while (operations.length > 0)
      await this.#ask('kv/txn', {
        success: operations.splice(0, operationsAtOnce),
      });
    return true;
  }

  /** Adds stored objects behind the API server's back: their uids stay, and no admission policy applies. */
  static async add(
    dataDir: string,
    name: string,
    objects: readonly StoredObject[],
  ): Promise<void> {
    const data = new EtcdData(clusterPaths(dataDir, name));
    for (const { key, value } of objects)
      await data.#ask('kv/put', {
        key: Buffer.from(key).toString('base64'),
        value,
      });
  }

  /** Lists the stored objects whose keys have one of these prefixes. */
  static async list(
    dataDir: string,
    name: string,
    prefixes: readonly string[],
  ): Promise<StoredObject[]> {
    const data = new EtcdData(clusterPaths(dataDir, name));
    const all = await data.#read();
    return all
      .map(({ key, value }) => ({ key: textOf(key), value }))
      .filter(({ key }) => prefixes.some(prefix => key.startsWith(prefix)));
  }

  /**
   * Waits until controllers have reconciled everything: until no key changes.
   *
   * @throws Error with the keys that still change after two minutes
   */
  async settle(): Promise<void> {
    const began = Date.now();
    let unchangedSince = began;
    while (Date.now() - unchangedSince < quietMs) {
      await pause(pollMs);
      const now = await this.#read();
      const changed = differences(this.#known, now);
      if (changed.length > 0) unchangedSince = Date.now();
      if (unchangedSince - began > settleMs)
        throw new Error(
          `The control plane does not settle; still changing: ${changed.join(
            ', ',
          )}.`,
        );
      this.#known = now;
    }
  }

  async #read(): Promise<KeyValue[]> {
    // From the first possible key to the last.
    const range = { key: 'AA==', range_end: 'AA==' };
    return (await this.#ask<{ kvs?: KeyValue[] }>('kv/range', range)).kvs ?? [];
  }

  async #ask<T>(path: string, body: object): Promise<T> {
    const response = await new Promise<IncomingMessage>((resolve, reject) =>
      request(`https://127.0.0.1:${this.#port}/v3/${path}`, {
        agent: this.#agent,
        method: 'POST',
      })
        .on('response', resolve)
        .on('error', reject)
        .end(JSON.stringify(body)),
    );
    const answer = await text(response);
    if (response.statusCode !== 200) throw new Error(`etcd: ${answer}`);
    return JSON.parse(answer);
  }
}
