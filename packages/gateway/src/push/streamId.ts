/** Position in a stream: the number of a row, and the run of the stream in which it counts. */
export interface StreamPosition {
  /** Differs between gateways, and after a restart of the stream. */
  epoch: string;
  number: number;
}

/** Returns the `id` of an event. */
export function streamId({ epoch, number }: StreamPosition): string {
  return `${epoch}-${number}`;
}

/** Reads the last `id` of a reader; an unknown form is a position of another run. */
export function readStreamId(text: string): StreamPosition {
  const [, epoch = '', number = '0'] =
    /^([a-z0-9]{1,16})-(\d{1,15})$/.exec(text) ?? [];
  return { epoch, number: Number(number) };
}
