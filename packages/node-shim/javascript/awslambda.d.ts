/** What AWS's Node runtime client hands a streaming handler. */
interface ResponseStream extends NodeJS.WritableStream {
  setContentType(contentType: string): void;
}

/** The global that AWS's Node runtime client provides. */
declare const awslambda: {
  streamifyResponse(
    handler: (event: unknown, stream: ResponseStream, context: object) => Promise<void>,
  ): (event: unknown, stream: ResponseStream, context: object) => Promise<void>;
};
