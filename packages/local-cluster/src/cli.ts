import { parseArguments, type Arguments } from './commands/arguments';
import { identity } from './commands/identity';
import { image } from './commands/image';
import {
  kubeconfig,
  kubectl,
  logs,
  reset,
  status,
  stop,
} from './commands/inspect';
import { say, sayError } from './commands/output';
import { prepare } from './commands/prepare';
import { start } from './commands/start';
import { withSystemFolders } from './process/systemPath';

const usage = `usage: bailiwick-cluster <command> [options]

  start                 find or start a cluster and keep it running until Ctrl-C
  prepare               download or build the programs that a start needs
  status                print the state of each component
  stop                  stop the cluster and keep its data
  reset                 stop the cluster and delete its data
  kubeconfig            print the path of the administrator's kubeconfig
  kubectl …             run kubectl of the cluster's version
  logs <component>      print the log of a component; follow it with -f
  identity <user>       write a kubeconfig for a user: --group G …, --out FILE
  image load <spec>     build an image from a spec file and load it into the cluster
  image save <spec>     build an image and write it in the format of docker save: --out FILE

options
  --name NAME           name of the cluster on this machine (local)
  --data-dir DIR        folder of the clusters' data
  --provider P          auto, existing, kind or local (auto)
  --context CTX         context of your kubeconfig to use
  --control-plane-only  start only etcd and the API server, for tests; prepare: only their programs
  --controller-manager  also start Kubernetes' controllers
  --simulated-node SOCK also start a simulated node (KWOK), with its pods behind a CONNECT proxy
  --kinds DIR           CustomResourceDefinitions to install before the controllers start
  --pod-gate FILE       start pods when this file exists, or after one minute
  --detach              start in the background, return when ready
  --while-stdin-open    stop when standard input closes
  --registry R          registry that can already have the images (BAILIWICK_IMAGE_REGISTRY)
  --json                print the state as JSON
`;

const commands: Record<string, (options: Arguments) => Promise<number>> = {
  identity,
  image,
  kubeconfig,
  logs,
  prepare,
  reset,
  start,
  status,
  stop,
};

/** Everything after the word kubectl is kubectl's, except which cluster is meant. */
function splitKubectl(argv: readonly string[]) {
  let end = argv.indexOf('kubectl') + 1;
  if (end === 0) return { own: argv, passed: [] };
  while (/^--(data-dir|name)(=|$)/.test(argv[end] ?? ''))
    end += argv[end].includes('=') ? 1 : 2;
  return { own: argv.slice(0, end), passed: argv.slice(end) };
}

/** Runs the command line and returns the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  process.env.PATH = withSystemFolders().PATH;
  try {
    const { own, passed } = splitKubectl(argv);
    const options = parseArguments(own);
    if (options.help) {
      say(usage);
      return 0;
    }
    const { command } = options;
    if (command === 'kubectl') return await kubectl(options, passed);
    if (Object.hasOwn(commands, command))
      return await commands[command](options);
    say(usage);
    return command === 'help' ? 0 : 2;
  } catch (error) {
    sayError(error);
    return 1;
  }
}
