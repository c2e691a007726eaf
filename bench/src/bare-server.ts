/** The least that could serve the same two calls: node:http, postgres.js, the core's own statements, and nothing around them. */

import { createServer } from "node:http";
import { createCore } from "@humans2ai/core";
import postgres from "postgres";
import { type Caller, catchStatements, sha256 } from "./statements.ts";

const databaseUrl = process.env.DATABASE_URL!;
const nowhere = { put: async () => {}, get: async () => new Uint8Array(), remove: async () => {} };
const core = createCore({ databaseUrl, secret: "b".repeat(32), files: nowhere });
const statements = await catchStatements(core);
await core.close();
const sql = postgres(databaseUrl, { max: 4, onnotice: () => {} });
const prepared = { prepare: true };

interface Person {
  user_id: string;
  key_id: string;
}

async function enter(authorization: string, ip: string): Promise<Person> {
  const sent = statements.enter(authorization.slice("Bearer ".length), ip);
  const [row] = await sql.unsafe<Person[]>(...sent, prepared);
  return row!;
}

async function run(tool: string, caller: Caller) {
  const isWallet = tool === "get_wallet";
  const sent = isWallet ? statements.wallet(caller) : statements.create(caller);
  const [row] = await sql.unsafe(...sent, prepared);
  const reply = isWallet ? row?.wallet : row?.task;
  if (!reply) throw new Error(`The statement caught for ${tool} did nothing here.`);
  return reply;
}

const server = createServer((req, res) => {
  if (req.method === "GET") return void res.end("ok");
  let text = "";
  req.on("data", (chunk) => {
    text += chunk;
  });
  req.on("end", async () => {
    const { tool, input } = JSON.parse(text);
    const person = await enter(req.headers.authorization!, req.socket.remoteAddress!);
    const result = await run(tool, {
      userId: person.user_id,
      keyId: person.key_id,
      idempotencyKey: String(req.headers["idempotency-key"]),
      request: sha256(JSON.stringify(input)),
    });
    const body = JSON.stringify({ result, error: null });
    res
      .writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(body) })
      .end(body);
  });
});
server.listen(Number(process.env.PORT), "127.0.0.1");
process.once("SIGTERM", () => process.exit(0));
