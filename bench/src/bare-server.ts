/** The least that could serve the same two calls: node:http, postgres.js, the same statements, and nothing around them. */

import { createHash, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import postgres from "postgres";

const sql = postgres(process.env.DATABASE_URL!, { max: 4, onnotice: () => {} });
const hash = (text: string) => createHash("sha256").update(text).digest();
const LIMIT = 1_000_000_000;

interface Person {
  user_id: string;
  display_name: string;
}

async function enter(authorization: string, ip: string): Promise<Person> {
  const key = authorization.slice("Bearer ".length);
  const [row] = await sql<
    Person[]
  >`select * from enter(${key.slice(0, 14)}, ${hash(key)}, ${null}, ${ip}, ${LIMIT}, ${LIMIT})`;
  return row!;
}

async function wallet({ user_id: id }: Person) {
  const [row] = await sql`select wallet(${`${id}:available`}, ${`${id}:held`}) as wallet`;
  return row?.wallet;
}

async function createTask(person: Person, input: Record<string, unknown>, key: string) {
  const task = {
    ...input,
    id: `task_${randomUUID()}`,
    agent_id: person.user_id,
    remote: false,
    requirements: [],
    skills: input.skillsRequired,
    auto_approve: false,
    budget: Number(input.budget) * 1e6,
    fee: Number(input.budget) * 100,
    max_applications: 20,
    review_reason: null,
    review_term: "336 hours",
    dispute_term: "168 hours",
  };
  const ids = [`tx_${randomUUID()}`, `tx_${randomUUID()}`];
  const [row] = await sql`
    select open_task(${JSON.stringify(task)}::text::jsonb, ${person.display_name}, ${"create"}, ${"open"}, ${ids},
      ${key}, ${hash(JSON.stringify(input))}, ${null}, ${null}, ${false}) as task`;
  return row?.task;
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
    const key = String(req.headers["idempotency-key"]);
    const result = await (tool === "get_wallet" ? wallet(person) : createTask(person, input, key));
    const body = JSON.stringify({ result, error: null });
    res
      .writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(body) })
      .end(body);
  });
});
server.listen(Number(process.env.PORT), "127.0.0.1");
process.once("SIGTERM", () => process.exit(0));
