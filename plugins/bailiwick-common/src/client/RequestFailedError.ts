/** The portal refused or failed a request; the message holds its words. */
export class RequestFailedError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'RequestFailedError';
    this.status = status;
  }

  /** Takes the words from Backstage's error body, or says the status when there are none. */
  static async fromResponse(response: Response): Promise<RequestFailedError> {
    const body = await response.json().catch(() => undefined);
    return new RequestFailedError(
      response.status,
      body?.error?.message ??
        `The portal returned ${response.status} ${response.statusText}`,
    );
  }
}
