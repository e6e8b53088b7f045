import type { HttpRequest, HttpResponse } from "../http/exchange.js";
import type { Fields } from "./fields.js";

/** One way in which AWS hands an HTTP request to a function and takes the response back. */
export interface HttpEventShape {
  /** As AWS calls it, for messages. */
  readonly source: string;
  matches(event: Fields): boolean;
  /** @throws BadRequest for what the client sent wrong, DispatchError LAC3005 for what the event's maker did */
  toRequest(event: Fields): HttpRequest;
  toResult(response: HttpResponse, event: Fields): unknown;
}

/** An event of which it is known how an HTTP app is asked and how it answers. */
export interface HttpEvent {
  /** @throws BadRequest for what the client sent wrong, DispatchError LAC3005 for what the event's maker did */
  toRequest(): HttpRequest;
  toResult(response: HttpResponse): unknown;
}
