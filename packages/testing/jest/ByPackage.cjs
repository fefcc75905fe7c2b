// Order of integration tests: one package after the other, those with a simulated node last. So a worker is handed the
// control plane of the file before, which asked for one of the same kind. Heavy files are spread over the others.
const { readFileSync } = require('node:fs');
const { basename, dirname } = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * Packages whose files take minutes, and share no control planes. They come first: on a new machine, the programs of
 * nodes are still being built then, and heavy files need them.
 */
const longest = ['fault-tests', 'cli'];

/**
 * Files that keep a processor busy for minutes, such as those that start a portal, have the pragma `@heavy`. Several at
 * a time would take each other's time.
 */
const heavy = /^\W*@heavy\W*$/m;

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
    isHeavy: heavy.test(source),
    hasNode: Number(source.includes('simulatedNode: true')),
    size: source.length,
  };
}

/** Puts some files between others, at equal distances. */
function spread(some, others) {
  const distance = Math.ceil(others.length / Math.max(some.length, 1));
  return some
    .flatMap((one, index) => [
      one,
      ...others.slice(index * distance, (index + 1) * distance),
    ])
    .concat(others.slice(some.length * distance));
}

module.exports = class ByPackage extends Sequencer {
  sort(tests) {
    const all = tests
      .map(keysOf)
      .sort(
        (a, b) =>
          a.place - b.place ||
          a.name.localeCompare(b.name) ||
          a.hasNode - b.hasNode ||
          b.size - a.size,
      );
    const first = all.filter(one => one.place < longest.length);
    const rest = all.filter(one => one.place === longest.length);
    return [
      ...first,
      ...spread(
        // The last one should not take longest.
        rest.filter(one => one.isHeavy).sort((a, b) => b.size - a.size),
        rest.filter(one => !one.isHeavy),
      ),
    ].map(({ test }) => test);
  }
};
