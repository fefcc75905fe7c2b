// The page of all test files of a worker: jsdom's window is kept from file to file, with the modules that PageRuntime
// keeps in it. What a file leaves on the page is removed.
const jsdom = require('jsdom');
const { removeTraces } = require('./removeTraces.cjs');

const { JSDOM, VirtualConsole } = jsdom;
let page;
let listening;
const words = new VirtualConsole();

/** What environments take from jsdom: they make one of each for each file. */
const keeping = {
  JSDOM: function KeptPage(...args) {
    page ??= newPage(...args);
    return page;
  },
  VirtualConsole: function KeptConsole() {
    return words.removeAllListeners();
  },
};

const Environment = require('@backstage/cli-module-test-jest/config/jest-environment-jsdom');

/** What Jest defines for each file, not knowing that it is defined. */
const definedEachTime = ['now', 'read-file', 'write-file', 'exists-file'].map(
  name => Symbol.for(`jest-native-${name}`),
);

function newPage(...args) {
  const made = new JSDOM(...args);
  const { addEventListener, removeEventListener } = made.window;
  listening = { addEventListener, removeEventListener };
  for (const symbol of definedEachTime)
    Object.defineProperty(made.window, symbol, { configurable: true });
  return made;
}

module.exports = class PageEnvironment extends Environment {
  constructor(...args) {
    Object.assign(jsdom, keeping);
    try {
      super(...args);
    } finally {
      // Other environments of this worker close their windows.
      Object.assign(jsdom, { JSDOM, VirtualConsole });
    }
  }

  async teardown() {
    const { window } = page;
    window.removeEventListener('error', this.errorEventListener);
    Object.assign(window, listening);
    window.document.body.replaceChildren();
    window.localStorage.clear();
    window.sessionStorage.clear();
    window.history.replaceState(null, '', 'http://localhost/');
    removeTraces(window);
    words.removeAllListeners();
    this.fakeTimers.dispose();
    this.fakeTimersModern.dispose();
  }
};
