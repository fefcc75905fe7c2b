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

  start                 find or start a Kubernetes and keep it running until Ctrl-C
  prepare               fetch or build the programs that a start needs
  status                what runs, and how well
  stop                  end it; its data stays
  reset                 end it and delete its data
  kubeconfig            path of the administrator's kubeconfig
  kubectl …             kubectl of the cluster's version against it
  logs <component>      the log of one part, with -f as it grows
  identity <user>       write a kubeconfig for a user name: --group G …, --out FILE
  image load <spec>     build an image from a spec file and load it into the cluster
  image save <spec>     build an image and write it as docker save does: --out FILE

options
  --name NAME           tells clusters on one machine apart (local)
  --data-dir DIR        where clusters are kept
  --provider P          auto, existing, kind or local (auto)
  --context CTX         use this context of your kubeconfig
  --control-plane-only  only etcd and the API server, for tests; prepare: only their programs
  --controller-manager  Kubernetes' own controllers besides
  --simulated-node SOCK a node that only pretends (KWOK), its pods behind a CONNECT proxy
  --kinds DIR           CustomResourceDefinitions that its controllers know from the start
  --pod-gate FILE       let pods start when this file exists, at the latest after a minute
  --detach              start in the background, return when ready
  --while-stdin-open    stop when standard input closes
  --registry R          registry that may hold images already (BAILIWICK_IMAGE_REGISTRY)
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

/** Runs the command line and gives the exit code. */
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
