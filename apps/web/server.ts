/** The production entry: the API directly, everything else through Next. One process, one core. */

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import next from "next";
import { env } from "./src/env.ts";
import { handleApi, serveText, tooLarge } from "./src/server/api.ts";
import { clientIp, type Incoming, MAX_BODY } from "./src/server/incoming.ts";
import { serveMcp } from "./src/server/mcp.ts";
import { prepare } from "./src/server/prepare.ts";
import { errorReply } from "./src/server/reply.ts";
import { CLIENT_IP } from "./src/server/request-ip.ts";

const API = "/api/v1/";

async function main() {
  const { HOST, PORT, PUBLIC_URL } = env();
  const { stop } = await prepare();
  if (process.argv.includes("--migrate-only")) return stop();
  // next-auth reads its own names; they are ours under another one.
  process.env.NEXTAUTH_URL = PUBLIC_URL;
  process.env.NEXTAUTH_SECRET = env().AUTH_SECRET;
  const app = next({ dev: false, dir: new URL("..", import.meta.url).pathname });
  const pages = app.getRequestHandler();
  const server = createServer((req, res) => {
    const ip = clientIp(req.socket.remoteAddress ?? "", header(req, "x-forwarded-for"));
    req.headers[CLIENT_IP] = ip;
    const served = req.url?.startsWith(API) ? serveApi(req, res, ip) : pages(req, res);
    served.catch((error) => fail(res, error));
  });
  server.requestTimeout = 120_000;
  server.keepAliveTimeout = 65_000;
  await listen(server, PORT, HOST);
  await app.prepare();
  console.log(`Humans2AI is ready at ${PUBLIC_URL}`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      server.close();
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), 3000).unref();
      stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}

function listen(server: ReturnType<typeof createServer>, port: number, host: string) {
  return new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        error.code === "EADDRINUSE" ? new Error(`Port ${port} is taken; set PORT to a free one.`) : error,
      ),
    );
    server.listen(port, host, resolve);
  });
}

async function serveApi(req: IncomingMessage, res: ServerResponse, ip: string) {
  const isCall = req.method === "POST" && req.url?.split("?")[0] === `${API}mcp`;
  if (!isCall) return sendResponse(res, await handleApi(toRequest(req), ip));
  const text = await readBody(req);
  if (text === null) return fail(res, tooLarge());
  const incoming: Incoming = {
    method: "POST",
    url: req.url ?? "",
    header: (name) => header(req, name),
    ip,
  };
  const reply = await serveText(incoming, text);
  if ("body" in reply) return void res.writeHead(reply.status, reply.headers).end(reply.body);
  return sendResponse(res, await serveMcp(toRequest(req, text), incoming, reply.message));
}

const header = (req: IncomingMessage, name: string): string | null => {
  const value = req.headers[name];
  return Array.isArray(value) ? value.join(", ") : (value ?? null);
};

/** The body as text; null when it is larger than it may be. */
async function readBody(req: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function toRequest(req: IncomingMessage, text?: string): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(req.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  const url = new URL(req.url ?? "/", `http://${req.headers.host ?? "localhost"}`);
  const method = req.method ?? "GET";
  if (method === "GET" || method === "HEAD") return new Request(url, { method, headers });
  const body = text ?? (Readable.toWeb(req) as ReadableStream<Uint8Array>);
  return new Request(url, { method, headers, body, duplex: "half" } as RequestInit);
}

async function sendResponse(res: ServerResponse, response: Response) {
  res.writeHead(response.status, Object.fromEntries(response.headers));
  if (!response.body) return void res.end();
  // A reader that leaves early is no fault of ours: the stream is cancelled, and that is all.
  await pipeline(Readable.fromWeb(response.body as never), res).catch(() => res.destroy());
}

function fail(res: ServerResponse, error: unknown) {
  const reply = errorReply(error);
  if (res.headersSent) return void res.destroy();
  // Whatever was not read of a too large body is not worth reading.
  res.writeHead(reply.status, { ...reply.headers, connection: "close" }).end(reply.body);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
