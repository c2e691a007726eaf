/** A real SMTP server on loopback that remembers what it was given. */

import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterAll } from "vitest";

export interface Received {
  to: string[];
  headers: string;
  text: string;
}

export interface Receiver {
  url: string;
  port: number;
  got: Received[];
  stop: () => Promise<void>;
}

/** Takes every mail but those to addresses that begin with `gone`. */
export async function startReceiver(port = 0): Promise<Receiver> {
  const got: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    hideSTARTTLS: true,
    onRcptTo: ({ address }, _, done) =>
      done(
        address.startsWith("gone") ? Object.assign(new Error("No such user"), { responseCode: 550 }) : null,
      ),
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const raw = Buffer.concat(chunks).toString("utf8");
        const [headers = "", ...body] = raw.split("\r\n\r\n");
        const to = session.envelope.rcptTo.map(({ address }) => address);
        got.push({ to, headers, text: plain(body.join("\r\n\r\n")) });
        done();
      });
    },
  });
  const stop = () => new Promise<void>((resolve) => server.close(resolve));
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const bound = (server.server.address() as AddressInfo).port;
  afterAll(stop);
  return { url: `smtp://127.0.0.1:${bound}`, port: bound, got, stop };
}

/** Quoted-printable, as far as our mails need it. */
const plain = (body: string) =>
  body
    .replace(/=\r\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
