/** Passes while open; it is initially open. After several closings, the last opener counts. */
export class Gate {
  #closings = 0;
  #opened = Promise.resolve();
  #open: () => void = () => {};

  /** Fulfilled when the gate is open. */
  passed(): Promise<void> {
    return this.#opened;
  }

  close(): void {
    this.#closings += 1;
    if (this.#closings > 1) return;
    this.#opened = new Promise(resolve => {
      this.#open = resolve;
    });
  }

  open(): void {
    this.#closings = Math.max(0, this.#closings - 1);
    if (this.#closings === 0) this.#open();
  }
}
