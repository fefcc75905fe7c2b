/** Lets pass while it is open; it is open at first. */
export class Gate {
  #opened = Promise.resolve();
  #open: () => void = () => {};

  /** Fulfilled when the gate is open. */
  passed(): Promise<void> {
    return this.#opened;
  }

  close(): void {
    this.#opened = new Promise(resolve => {
      this.#open = resolve;
    });
  }

  open(): void {
    this.#open();
  }
}
