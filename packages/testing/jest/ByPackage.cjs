// Order of integration tests: files that take minutes first, and then one package after the other, those with a
// simulated node last. So a worker is handed the control plane of the file before, which asked for one of the same kind.
const { readFileSync } = require('node:fs');
const { basename, dirname } = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * Packages whose files take minutes, and share no control planes. Those with nodes come last of them: on a new machine
 * the nodes' programs are still being built at first.
 */
const longest = ['fault-tests', 'cli', 'local-cluster'];

const placeOf = name =>
  longest.includes(name) ? longest.indexOf(name) : longest.length;

/** What decides about the place of a test, read once. */
function keysOf(test) {
  const name = basename(dirname(test.context.config.rootDir));
  const source = readFileSync(test.path, 'utf8');
  return {
    test,
    name,
    place: placeOf(name),
    hasNode: Number(source.includes('simulatedNode: true')),
    size: source.length,
  };
}

module.exports = class ByPackage extends Sequencer {
  sort(tests) {
    return tests
      .map(keysOf)
      .sort(
        (a, b) =>
          a.place - b.place ||
          a.name.localeCompare(b.name) ||
          a.hasNode - b.hasNode ||
          b.size - a.size,
      )
      .map(({ test }) => test);
  }
};
