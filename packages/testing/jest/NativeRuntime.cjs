// Jest's runtime for packages that run in Node. Jest loads every module anew for each test file, in
// a context of its own; this one runs the test file in the main context and leaves all that it
// imports to Node, so that a worker loads a module once, from the compile cache.
//
// Test files share what their modules keep. A file that replaces modules (`jest.mock`) has them to
// itself, loaded by Jest.
const { createRequire } = require('node:module');
const { join } = require('node:path');
const vm = require('node:vm');
const { ModernFakeTimers } = require('@jest/fake-timers');
const { default: Runtime } = require('jest-runtime');
const { ModuleMocker } = require('jest-mock');
const { removeTraces } = require('./removeTraces.cjs');

require(join(__dirname, '../../../scripts/typescript.mjs'));

// Those who keep something for the next test file ask for this.
globalThis[Symbol.for('bailiwick.sharesModules')] = true;

/** Makes the environment of a test file the main context. */
function useMainContext(environment, config) {
  const { exit } = process;
  const { teardown } = environment;
  environment.global = globalThis;
  environment.moduleMocker = new ModuleMocker(globalThis);
  environment.fakeTimersModern = new ModernFakeTimers({
    config,
    global: globalThis,
  });
  environment.teardown = async () => {
    removeTraces(globalThis);
    process.exit = exit;
    await teardown.call(environment);
  };
}

module.exports = class NativeRuntime extends Runtime {
  constructor(config, environment, ...rest) {
    useMainContext(environment, config);
    super(config, environment, ...rest);
    if (!(this._explicitShouldMock instanceof Map))
      throw new Error(
        'Jest has changed `_explicitShouldMock`: adapt NativeRuntime.cjs (docs/adr/0025-tests-share-modules.md).',
      );
  }

  requireModuleOrMock(from, name) {
    return this._explicitShouldMock.size > 0 || name === '@jest/globals'
      ? super.requireModuleOrMock(from, name)
      : createRequire(from)(name);
  }

  /** What the test file imports uses `jest` as well. */
  _createJestObjectFor(from) {
    return (globalThis.jest = super._createJestObjectFor(from));
  }

  createScriptFromCode(source, filename) {
    return vm.compileFunction(
      source,
      this.constructInjectedModuleParameters(),
      {
        filename,
        importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
      },
    );
  }
};
