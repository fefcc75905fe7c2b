import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { kubectl } from './kubectl';

const run = promisify(execFile);

/** A broker outside of the cluster that its pods can reach. */
export interface Broker {
  host: string;
  port: number;
  username: string;
  password: string;
  publish(topic: string, payload: string): Promise<void>;
  stop(): Promise<void>;
}

/** Starts Mosquitto on this machine's end of the line to the local cluster's node. */
export async function startBroker(): Promise<Broker> {
  const folder = mkdtempSync(join(tmpdir(), 'broker-'));
  const host = await ownAddress();
  const port = await freePort(host);
  const [username, password] = ['bailiwick', 'only-in-this-test'];
  const passwords = join(folder, 'passwords');
  writeFileSync(passwords, `${username}:${password}\n`, { mode: 0o600 });
  await run('mosquitto_passwd', ['-U', passwords]);
  const config = join(folder, 'mosquitto.conf');
  writeFileSync(
    config,
    [
      `listener ${port} ${host}`,
      'allow_anonymous false',
      `password_file ${passwords}`,
      // Otherwise it loses the rights to read its files.
      `user ${process.env.USER ?? 'root'}`,
      '',
    ].join('\n'),
  );
  const child = spawn('mosquitto', ['-c', config], { stdio: 'ignore' });
  const gone = new Promise(resolve => {
    child.on('error', resolve);
    child.on('close', resolve);
  });
  const login = ['-h', host, '-p', `${port}`, '-u', username, '-P', password];
  const publish = async (topic: string, payload: string) => {
    await run('mosquitto_pub', [
      ...login,
      '-q',
      '1',
      '-t',
      topic,
      '-m',
      payload,
    ]);
  };
  for (let attempt = 1; ; attempt += 1) {
    try {
      await publish('ready', 'yes');
      break;
    } catch (error) {
      if (attempt === 50) throw error;
      await pause(100);
    }
  }
  return {
    ...{ host, port, username, password, publish },
    async stop() {
      child.kill();
      await gone;
      rmSync(folder, { recursive: true });
    },
  };
}

/** This machine's address on the line to the node: the first of its network of four. */
async function ownAddress(): Promise<string> {
  const node = await kubectl(
    ...['get', 'nodes', '-o'],
    'jsonpath={.items[0].status.addresses[?(@.type=="InternalIP")].address}',
  );
  const bytes = node.split('.').map(Number);
  return [...bytes.slice(0, 3), bytes[3] - 1].join('.');
}

async function freePort(host: string): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => {
    server.listen(0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => {
    server.close(resolve);
  });
  return port;
}
