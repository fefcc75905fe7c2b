import { runCommand } from './commands';
import { runMain } from './runMain';

await runMain(args => runCommand(args));
