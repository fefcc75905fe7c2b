import { mkdirSync } from 'node:fs';
import type { Component } from '../components/Component';
import { replaceJson } from '../files';
import { httpAnswers } from '../kubernetes/httpAnswers';

/**
 * The cluster's container registry; host, node and pods reach it at the same address.
 *
 * @param options - `config` is the file to write, `storage` the folder of the images
 */
export function registryComponent(options: {
  program: string;
  address: string;
  config: string;
  storage: string;
}): Component {
  const { program, address, config, storage } = options;
  mkdirSync(storage, { recursive: true });
  const content = {
    version: '0.1',
    log: { level: 'warn', accesslog: { disabled: true } },
    storage: {
      filesystem: { rootdirectory: storage },
      delete: { enabled: true },
    },
    http: {
      addr: address,
      headers: { 'X-Content-Type-Options': ['nosniff'] },
    },
  };
  replaceJson(config, content);
  return {
    name: 'registry',
    program,
    arguments: ['serve', config],
    probe: () => httpAnswers(`http://${address}/v2/`),
  };
}
