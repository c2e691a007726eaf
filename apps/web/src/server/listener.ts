/** The HTTP listener: the API directly, everything else through the pages' handler. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { countPage, Refusal, rateSubject } from "@humans2ai/core";
import { handleApi, serveBytes } from "./api.ts";
import { getCore } from "./core.ts";
import { isDiscovery } from "./discovery.ts";
import { clientIp, type Incoming, MAX_BODY, refuseSecretsIn, tooLarge } from "./incoming.ts";
import { serveMcp } from "./mcp/serve.ts";
import { mcpPath } from "./oauth/resource.ts";
import { oauthAt } from "./oauth/serve.ts";
import { guardPage, withSafety } from "./page-guard.ts";
import { errorReply, type Reply } from "./reply.ts";
import { CLIENT_IP } from "./request-ip.ts";
import { makeTurns } from "./turns.ts";
import { heldToEnd, hold } from "./under-way.ts";

type Handler = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

const API = "/api/v1/";
/** How long what is left of a refused body is read, so that its sender gets to read the refusal. */
const DRAIN_MS = 2000;
const GRACE_MS = 3000;
/** Who dribbles headers is cut off; who sends endless ones gets a 431. */
const LIMITS = { maxHeaderSize: 16 * 1024, headersTimeout: 20_000, connectionsCheckingInterval: 5000 };

export interface Listener {
  server: Server;
  /** Takes no more requests, and lets those under way finish, if they do so soon. */
  close: () => Promise<void>;
}

export function createListener(pages: Handler): Listener {
  const server = createServer(LIMITS, (req, res) => {
    hold(
      serve(req, res, pages).catch((error) => fail(req, res, error)),
      `${req.method} ${req.url?.split("?", 1)[0]}`,
    );
  });
  server.requestTimeout = 120_000;
  server.keepAliveTimeout = 65_000;
  const close = async () => {
    const timer = setTimeout(() => server.closeAllConnections(), GRACE_MS);
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeIdleConnections();
    await closed;
    await heldToEnd();
    clearTimeout(timer);
  };
  return { server, close };
}

export function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        error.code === "EADDRINUSE" ? new Error(`Port ${port} is taken; set PORT to a free one.`) : error,
      ),
    );
    server.listen(port, host, resolve);
  });
}

async function serve(req: IncomingMessage, res: ServerResponse, pages: Handler) {
  const ip = clientIp(req.socket.remoteAddress ?? "", header(req, "x-forwarded-for"));
  req.headers[CLIENT_IP] = ip;
  const path = req.url ?? "/";
  refuseSecretsIn(path);
  if (path.startsWith(API) || mcpPath(path) || isDiscovery(path)) return serveApi(req, res, ip);
  const oauth = oauthAt(path.split("?", 1)[0]!);
  if (oauth) return sendResponse(req, res, await oauth(toRequest(req, goneSignal(res)), ip));
  // The page framework takes what it cannot decode for a fault of its own.
  if (!isAddress(path) || !URL.canParse(`http://${req.headers.host ?? "localhost"}`)) {
    throw new Refusal("VALIDATION_ERROR", { message: "The address or the Host header is malformed." });
  }
  limitForm(req);
  guardPage(req, res, (name) => header(req, name));
  return isAsset(path)
    ? pages(req, res)
    : pageTurn(rateSubject(ip), () => rendered(ip, () => pages(req, res)));
}

/** What a browser keeps: it costs next to nothing. */
const isAsset = (path: string) => path.startsWith("/_next/static/");
/** A page is a thousand times an API call: one address gets a few at once, and its hour. */
const pageTurn = makeTurns(8, 200);
async function rendered(ip: string, render: () => Promise<void>): Promise<void> {
  await countPage(getCore(), ip);
  return render();
}

/** Pages take small forms only. */
const MAX_FORM = 1024 * 1024;

/** The framework and next-auth read any body to its end, so it has to say its size beforehand, as browsers do. */
function limitForm(req: IncomingMessage) {
  if (req.headers["transfer-encoding"] !== undefined) {
    throw new Refusal("VALIDATION_ERROR", { message: "Send the body with a Content-Length." });
  }
  if (Number(req.headers["content-length"] ?? 0) > MAX_FORM) throw tooLarge();
}

function isAddress(path: string): boolean {
  if (!path.startsWith("/")) return false;
  try {
    decodeURIComponent(path.split("?", 1)[0]!);
    return true;
  } catch {
    return false; // a percent sign that does not begin a character
  }
}

async function serveApi(req: IncomingMessage, res: ServerResponse, ip: string) {
  const signal = goneSignal(res);
  const isCall = req.method === "POST" && mcpPath(req.url ?? "") !== undefined;
  if (!isCall) return sendResponse(req, res, await handleApi(toRequest(req, signal), ip));
  const bytes = await readBody(req);
  if (bytes === null) throw tooLarge();
  const incoming: Incoming = {
    method: "POST",
    url: req.url ?? "",
    header: (name) => header(req, name),
    ip,
    signal,
  };
  const reply = await serveBytes(incoming, bytes);
  if ("body" in reply) return send(res, reply);
  return sendResponse(req, res, await serveMcp(toRequest(req, signal, bytes), incoming, reply.message));
}

/** Aborts when the sender has hung up before it had its answer. */
function goneSignal(res: ServerResponse): AbortSignal {
  const gone = new AbortController();
  res.once("close", () => {
    if (!res.writableFinished) gone.abort();
  });
  return gone.signal;
}

const header = (req: IncomingMessage, name: string): string | null => {
  const value = req.headers[name];
  return Array.isArray(value) ? value.join(", ") : (value ?? null);
};

/** The body; null when it is larger than it may be. */
function readBody(req: IncomingMessage): Promise<Buffer | null> {
  if (Number(req.headers["content-length"]) > MAX_BODY) return Promise.resolve(null);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    req.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_BODY) return void chunks.push(chunk);
      chunks.length = 0;
      resolve(null);
    });
    req.on("end", () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
    req.on("error", reject);
  });
}

/** The body as a stream whose cancelling leaves the connection alone: the refusal still has to go out on it. */
function bodyOf(req: IncomingMessage): ReadableStream<Uint8Array> {
  let open = true;
  const once = (end: () => void) => () => {
    if (open) end();
    open = false;
  };
  return new ReadableStream<Uint8Array>({
    start(controller) {
      req.on("data", (chunk: Buffer) => {
        if (!open) return;
        controller.enqueue(chunk);
        if ((controller.desiredSize ?? 0) <= 0) req.pause();
      });
      req.on(
        "end",
        once(() => controller.close()),
      );
      req.on("error", (error) => once(() => controller.error(error))());
      req.pause();
    },
    pull: () => void req.resume(),
    cancel() {
      open = false;
      req.resume();
    },
  });
}

function toRequest(req: IncomingMessage, signal: AbortSignal, body?: Uint8Array): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(req.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  // Never made of the Host header, which may hold anything.
  const url = `http://localhost${req.url}`;
  const method = req.method ?? "GET";
  // Fetch knows no TRACE; the API answers both alike.
  if (method === "TRACE") return new Request(url, { method: "OPTIONS", headers, signal });
  if (method === "GET" || method === "HEAD") return new Request(url, { method, headers, signal });
  return new Request(url, {
    method,
    headers,
    signal,
    body: body ?? bodyOf(req),
    duplex: "half",
  } as RequestInit);
}

function send(res: ServerResponse, { status, headers, body }: Reply) {
  res.writeHead(status, { ...withSafety(headers), "content-length": Buffer.byteLength(body) }).end(body);
}

async function sendResponse(req: IncomingMessage, res: ServerResponse, response: Response) {
  if (!req.complete && response.status >= 400) {
    const headers = Object.fromEntries(response.headers);
    return hangUp(req, res, { status: response.status, headers, body: await response.text() });
  }
  res.writeHead(response.status, withSafety(Object.fromEntries(response.headers)));
  if (!response.body) return void res.end();
  // A reader that leaves early is no fault of ours: the stream is cancelled, and that is all.
  await pipeline(Readable.fromWeb(response.body as never), res).catch(() => res.destroy());
}

function fail(req: IncomingMessage, res: ServerResponse, error: unknown) {
  if (!res.socket || res.socket.destroyed) return; // the sender left: nobody to tell, nothing to log
  const reply = errorReply(error);
  if (res.headersSent) return void res.destroy();
  if (req.complete) return send(res, reply);
  hangUp(req, res, reply);
}

/** Refuses a request whose body was not read to its end: answers, lets the sender finish for a moment, and closes. */
function hangUp(req: IncomingMessage, res: ServerResponse, { status, headers, body }: Reply) {
  const length = Buffer.byteLength(body);
  res
    .writeHead(status, { ...withSafety(headers), "content-length": length, connection: "close" })
    .write(body);
  const timer = setTimeout(close, DRAIN_MS);
  function close() {
    clearTimeout(timer);
    res.end();
    res.socket?.destroySoon();
  }
  req.once("end", close).once("close", close).once("error", close);
  req.resume();
}
