/** Thrown when the portal refuses or fails a request; the message is the portal's. @public */
export class RequestFailedError extends Error {
  readonly status: number;
  /** Identifier of the request in the logs of portal, API server and pods. */
  readonly requestId?: string;

  constructor(status: number, message: string, requestId?: string) {
    super(message);
    this.name = 'RequestFailedError';
    this.status = status;
    this.requestId = requestId;
  }

  /** Reads the message from Backstage's error body, or uses the status if there is none. */
  static async fromResponse(
    response: Response,
    requestId?: string,
  ): Promise<RequestFailedError> {
    const body = await response.json().catch(() => undefined);
    return new RequestFailedError(
      response.status,
      body?.error?.message ??
        `The portal returned ${response.status} ${response.statusText}`,
      requestId,
    );
  }
}
