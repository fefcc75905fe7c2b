// Jest's runtime for packages that run in a browser: modules are kept on the page of PageEnvironment
// from test file to test file. Test files, what sets them up and what registers hooks as it is loaded are
// loaded anew for each.
//
// A file that replaces modules (`jest.mock`) has all of them to itself.
const { readFileSync } = require('node:fs');
const Runtime = require('@backstage/cli-module-test-jest/config/jestCachingModuleLoader');

const kept = new Map();
const replacesModules =
  /\bjest\s*\.\s*(mock|unmock|doMock|resetModules|isolateModules)/;
const registersHooks = /\/@testing-library\/react\/dist\/index\.js$/;
// Backstage's libraries insert their style sheets with it when they are loaded.
const insertsStyles = /\/style-inject(\.es)?(\.esm)?(\.js)?$/;
const latest = {};

/** @throws Error when a version of Jest keeps its modules in another way: without it, modules would silently not be shared */
function checkJest(runtime) {
  if (
    !(runtime._moduleRegistry instanceof Map) ||
    typeof runtime._testPath !== 'string'
  )
    throw new Error(
      'Jest has changed `_moduleRegistry` or `_testPath`: adapt PageRuntime.cjs (docs/adr/0025-tests-share-modules.md).',
    );
}

/** Modules by path: those of this file alone, and those that are kept. */
class Modules extends Map {
  #isOwn;

  constructor(isOwn) {
    super();
    this.#isOwn = isOwn;
  }
  get(path) {
    return this.#isOwn(path) ? super.get(path) : kept.get(path);
  }
  set(path, module) {
    if (this.#isOwn(path)) super.set(path, module);
    else kept.set(path, module);
    return this;
  }
  delete(path) {
    return this.#isOwn(path) ? super.delete(path) : kept.delete(path);
  }
}

module.exports = class PageRuntime extends Runtime {
  constructor(config, ...rest) {
    super(config, ...rest);
    checkJest(this);
    const own = new Set([this._testPath, ...config.setupFilesAfterEnv]);
    if (!replacesModules.test(readFileSync(this._testPath, 'utf8')))
      this._moduleRegistry = new Modules(
        path => own.has(path) || registersHooks.test(path),
      );
    latest.runtime = this;
  }

  /** A module that is kept asks the runtime with which it was loaded. */
  requireModuleOrMock(from, name) {
    if (insertsStyles.test(name))
      return { __esModule: true, default: () => {} };
    return this === latest.runtime
      ? super.requireModuleOrMock(from, name)
      : latest.runtime.requireModuleOrMock(from, name);
  }
};
