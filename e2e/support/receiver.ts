/** An agent's own endpoint for webhooks: a real server on loopback that keeps what it got. */

import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "./test.ts";

export interface Arrived {
  event: { id: string; type: string; data: Record<string, string> };
  body: string;
  signature: string;
}

export interface Receiver {
  url: string;
  got: Arrived[];
  close: () => Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const got: Arrived[] = [];
  const server = createServer((req, res) => {
    let body = "";
    req.setEncoding("utf8").on("data", (text) => {
      body += text;
    });
    req.on("end", () => {
      got.push({ event: JSON.parse(body), body, signature: String(req.headers["x-humans2ai-signature"]) });
      res.end("received, thank you");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    got,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** The secrets, of these, that a request is signed with, as the contract says; one that nobody made is a fault. */
export function signers({ signature, body }: Arrived, secrets: string[]): string[] {
  const [t = "", ...signatures] = signature.split(",");
  const ms = Number(t.replace(/^t=/, ""));
  expect(Math.abs(Date.now() - ms), "signed now").toBeLessThan(300_000);
  const made = new Map(
    secrets.map((s) => [`v1=${createHmac("sha256", s).update(`v1:${ms}:${body}`).digest("hex")}`, s]),
  );
  return signatures.map((s) => made.get(s) ?? "nobody");
}
