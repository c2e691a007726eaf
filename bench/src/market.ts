/** A marketplace to measure in: funded agents, humans, and submitted tasks by the thousand, made set-wise. */

import { randomUUID } from "node:crypto";
import { type Actor, ANONYMOUS, actorOfUser, type Core, createCore } from "@humans2ai/core";
import { migrate } from "@humans2ai/core/setup";
import postgres from "postgres";

/** So many agents and as many humans: enough that two calls in flight seldom meet at one wallet. */
export const PEOPLE = 64;

export interface Market {
  core: Core;
  agents: Actor[];
  humans: Actor[];
}

/** An empty database on this server: what an earlier run left behind would be measured too. */
export async function freshDatabase(serverUrl: string): Promise<string> {
  const name = "humans2ai_bench";
  const sql = postgres(serverUrl, { max: 1, onnotice: () => {} });
  await sql.unsafe(`drop database if exists ${name} with (force)`);
  await sql.unsafe(`create database ${name}`);
  await sql.end();
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

export async function openMarket(databaseUrl: string): Promise<Market> {
  const files = { put: async () => {}, get: async () => new Uint8Array(), remove: async () => {} };
  const core = createCore({ databaseUrl, secret: "b".repeat(32), files });
  await migrate(core.client);
  const password = "bench-pass-1";
  const run = randomUUID().slice(0, 8);
  const agents: Actor[] = [];
  const humans: Actor[] = [];
  for (let i = 0; i < PEOPLE; i++) {
    const agent = await core.call(ANONYMOUS, "register", { email: `agent${i}-${run}@bench.test`, password });
    agents.push({ ...(await actorOfUser(core, agent.user.id)), signedInAt: core.now() });
    const email = `human${i}-${run}@bench.test`;
    const human = await core.call(ANONYMOUS, "register_human", { email, password, displayName: "Human" });
    humans.push(await actorOfUser(core, human.user.id));
  }
  const ids = agents.map((a) => a.userId);
  await core.client`insert into transfer (id, kind, from_account, to_account, amount, created_at)
    select 'tx_' || gen_random_uuid(), 'deposit', 'world', id || ':available', 1e15, now() from unnest(${ids}::text[]) id`;
  // A platform's worth of other people: on a table of a few rows the planner would scan, not look up.
  await core.client`insert into app_user (id, role, email, password_hash, display_name, created_at)
    select 'user_filler_' || i, 'human', 'filler' || i || '@bench.test', '-', 'Filler', now()
    from generate_series(1, 50000) i on conflict do nothing`;
  await core.client`insert into account (id, owner, kind, balance)
    select id || ':' || kind, id, kind, 0 from app_user, unnest(array['available', 'held']::account_kind[]) kind
    where id like 'user_filler_%' on conflict do nothing`;
  await core.client`create table if not exists bench_row (id int primary key, n int not null)`;
  await core.client`insert into bench_row select i, 0 from generate_series(1, 100000) i on conflict do nothing`;
  await core.client`vacuum analyze app_user, account, bench_row`;
  return { core, agents, humans };
}

export const newTask = () => ({
  title: "Photograph 3 coffee shops in Shanghai",
  description: "Visit 3 popular coffee shops. Take 5 exterior and 5 interior photos of each.",
  category: "photography" as const,
  budget: 150,
  deadline: new Date(Date.now() + 86_400_000).toISOString(),
  urgency: "medium" as const,
  location: "Shanghai, China",
  skillsRequired: ["photography", "local_knowledge"],
});

/** Submitted tasks, spread over the agents: through the same events and triggers, many at a time. */
export async function submittedTasks({ core, agents, humans }: Market, count: number) {
  const run = randomUUID().slice(0, 8);
  const ids = agents.map((a) => a.userId);
  const workers = humans.map((h) => h.userId);
  await core.client.begin(async (sql) => {
    await sql`create temp table made on commit drop as
      select ${`task_${run}_`} || i as id, (${ids}::text[])[1 + i % ${PEOPLE}] as agent,
        (${workers}::text[])[1 + (i + i / ${PEOPLE}) % ${PEOPLE}] as human from generate_series(1, ${count}::int) i`;
    await sql`insert into task (id, agent_id, title, description, category, urgency, remote, requirements, skills,
        auto_approve, budget, fee, review_term, dispute_term, deadline, escrow_id, max_applications, applicant_count, status, seq,
        clock_at, created_at, updated_at)
      select id, agent, 't', 'd', 'other', 'low', true, '{}', '{}', false, 150000000, 15000, '14 days', '7 days',
        now() + '1 day', 'esc_' || id, 20, 1, 'open', 1, now() + '1 day', now(), now() from made`;
    await sql`insert into task_event (task_id, seq, action, from_status, to_status, role, actor, clock_at, at)
      select id, 1, 'create', 'new', 'open', 'agent', agent, now() + '1 day', now() from made`;
    await sql`insert into transfer (id, kind, from_account, to_account, amount, task_id, seq, created_at)
      select 'tx_' || id, 'escrow_lock', agent || ':available', agent || ':held', 150000000, id, 1, now() from made`;
    await sql`insert into application (id, task_id, human_id, message, status, applied_at, updated_at)
      select 'app_' || id, id, human, 'x', 'accepted', now(), now() from made`;
    await sql`insert into task_event (task_id, seq, action, from_status, to_status, role, actor, data, clock_at, at)
      select id, 2, 'select', 'open', 'assigned', 'agent', agent, jsonb_build_object('humanId', human),
        now() + '1 day', now() from made`;
    await sql`insert into task_event (task_id, seq, action, from_status, to_status, role, actor, clock_at, at)
      select id, 3, 'submit', 'assigned', 'submitted', 'human', human, now() + '14 days', now() from made`;
  });
  return Array.from({ length: count }, (_, i) => ({
    taskId: `task_${run}_${i + 1}`,
    agent: agents[(i + 1) % PEOPLE]!,
  }));
}
