// Understands the command line before anything is fetched or installed. What commands and options
// there are is in packages/cli/commands.json. No dependencies.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const table = JSON.parse(
  readFileSync(join(root, 'packages/cli/commands.json'), 'utf8'),
);
const helpColumn = 26;

/** The command of that name: its options, arguments and whether it needs the dependencies. */
export function findCommand(name) {
  return Object.hasOwn(table.commands, name) ? table.commands[name] : undefined;
}

/**
 * Checks a command line.
 *
 * @returns the text of the help when that is what it asks for, else nothing
 * @throws Error naming what is not understood, what is nearest to it and where to read more
 */
export function check([name, ...args], environment = process.env) {
  const isHelp = arg => ['--help', '-h'].includes(arg);
  if (name === undefined || name === 'help' || isHelp(name)) return help();
  const command = findCommand(name);
  if (!command) {
    throw refusal(
      `Unknown command "${name}"`,
      didYouMean('', name, Object.keys(table.commands)),
    );
  }
  if (command.passesOn) return undefined;
  if (args.some(isHelp)) return help(name);
  checkNpm(command, environment);
  checkOptions(command, args);
  return undefined;
}

/** npm keeps options for itself that stand before `--`. */
function checkNpm(command, environment) {
  const lost = command.options.find(
    option =>
      option !== 'json' && // npm has one of that name
      environment[`npm_config_${option.replaceAll('-', '_')}`] !== undefined,
  );
  if (lost) {
    throw refusal(
      `npm read --${lost} as its own option`,
      `Run: ${withOptions(command)} --${lost}`,
      command,
    );
  }
}

function checkOptions(command, args) {
  const options = Object.fromEntries(
    command.options.map(name => [name, { type: table.options[name].type }]),
  );
  const { tokens } = parseArgs({ args, options, strict: false, tokens: true });
  const unknown = tokens.find(
    ({ kind, name }) => kind === 'option' && !Object.hasOwn(options, name),
  );
  if (unknown) {
    throw refusal(
      `Unknown option ${unknown.rawName}`,
      didYouMean('--', unknown.name, command.options),
      command,
    );
  }
  let values;
  let positionals;
  try {
    ({ values, positionals } = parseArgs({
      args,
      options,
      allowPositionals: true,
    }));
  } catch (error) {
    throw refusal(error.message.replace(/\.$/, ''), undefined, command);
  }
  for (const [name, value] of Object.entries(values)) {
    const { range } = table.options[name];
    const isOutside =
      range && !(/^\d+$/.test(value) && range[0] <= value && value <= range[1]);
    if (isOutside) {
      throw refusal(
        `--${name} ${value} is not a number from ${range[0]} to ${range[1]}`,
        undefined,
        command,
      );
    }
  }
  checkArguments(command, positionals);
}

function checkArguments(command, given) {
  const known = command.arguments ?? [];
  given.forEach((value, index) => {
    if (!known[index]) {
      throw refusal(`Unexpected argument "${value}"`, undefined, command);
    }
    const { name, oneOf } = known[index];
    if (oneOf && !oneOf.includes(value)) {
      throw refusal(
        `Unknown ${name} "${value}"`,
        `Choose one of ${oneOf.join(', ')}.`,
        command,
      );
    }
  });
}

function refusal(what, more, command = table.commands.start) {
  return new Error(
    `${what}.${more ? ` ${more}` : ''}\nFor all options, run: ${withOptions(
      command,
    )} --help`,
  );
}

function withOptions({ npm }) {
  return npm.includes(' -- ') ? npm : `${npm} --`;
}

/** Asks whether the known word was meant that takes the fewest changes, when those are few. */
function didYouMean(prefix, word, known) {
  const [best] = known
    .map(each => ({
      each,
      // A beginning is as good as the whole word.
      changes: Math.min(
        distance(word, each),
        distance(word, each.slice(0, word.length)),
      ),
    }))
    .sort((a, b) => a.changes - b.changes);
  const isNear = best && best.changes <= Math.min(3, word.length / 2);
  return isNear ? `Did you mean ${prefix}${best.each}?` : undefined;
}

/** How many letters must be put in, taken out or changed (Levenshtein). */
function distance(from, to) {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      next[j] = Math.min(
        row[j] + 1,
        next[j - 1] + 1,
        row[j - 1] + (from[i - 1] === to[j - 1] ? 0 : 1),
      );
    }
    row = next;
  }
  return row[to.length];
}

function help(name) {
  const line = (left, right) => `  ${left.padEnd(helpColumn)} ${right}`;
  const commands = Object.values(table.commands).map(each =>
    line(each.npm, each.help),
  );
  const all = ['commands', ...commands];
  if (!name)
    return ['usage: npm run bailiwick -- <command>', '', ...all].join('\n');
  const command = table.commands[name];
  const options = command.options.map(option => {
    const { help: text, value } = table.options[option];
    return line(`--${option}${value ? ` ${value}` : ''}`, text);
  });
  const given = (command.arguments ?? []).map(({ name: of, oneOf }) =>
    oneOf?.length === 1 ? of : `[${oneOf ? oneOf.join('|') : of}]`,
  );
  const usage = [
    withOptions(command),
    ...given,
    ...(options.length > 0 ? ['[options]'] : []),
  ];
  return [
    `usage: ${usage.join(' ')}`,
    '',
    `  ${command.help}`,
    '',
    ...(options.length > 0 ? ['options', ...options, ''] : []),
    ...all,
  ].join('\n');
}
