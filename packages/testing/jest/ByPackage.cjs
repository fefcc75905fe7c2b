// Order of integration tests: files that take minutes first, and then one package after the other, those with a
// simulated node last. So a worker is handed the control plane of the file before, which asked for one of the same kind.
const { readFileSync, statSync } = require('node:fs');
const { basename, dirname } = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * Packages whose files take minutes, and share no control planes. Those with nodes come last of them: on a new machine
 * the nodes' programs are still being built at first.
 */
const longest = ['fault-tests', 'cli', 'local-cluster'];

const packageOf = test => basename(dirname(test.context.config.rootDir));
const sizeOf = test => statSync(test.path).size;
const hasNode = test =>
  Number(/simulatedNode: true/.test(readFileSync(test.path, 'utf8')));
const placeOf = name =>
  longest.includes(name) ? longest.indexOf(name) : longest.length;

module.exports = class ByPackage extends Sequencer {
  sort(tests) {
    return [...tests].sort((a, b) => {
      const [one, other] = [a, b].map(packageOf);
      return (
        placeOf(one) - placeOf(other) ||
        one.localeCompare(other) ||
        hasNode(a) - hasNode(b) ||
        sizeOf(b) - sizeOf(a)
      );
    });
  }
};
