// What all exchanges of one client share, and where their messages go.

import type { Config } from "./config.ts";
import type { Credentials } from "./credential.ts";
import type { Http } from "./http.ts";
import type { Mirror } from "./mirror.ts";
import type { Session } from "./session.ts";

export interface Link {
  config: Config;
  http: Http;
  session: Session;
  credentials: Credentials;
  mirror: Mirror;
}

/** Where messages go: the answer to the request, and whatever comes before it. */
export interface Sink {
  answer(json: string): void;
  message(json: string): void;
}
