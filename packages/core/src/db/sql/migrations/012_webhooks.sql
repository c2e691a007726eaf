-- Webhooks: where an agent's events are sent, and one row for each event and endpoint.

create table webhook (
  id text primary key,
  owner text not null references app_user,
  url text not null,
  description text not null,
  -- Null: every type of event.
  events text[],
  -- Sealed (auth/sealing.ts): signing needs the secret itself, a hash would not do.
  secret bytea not null,
  previous_secret bytea,
  previous_until timestamptz,
  -- Every attempt since then failed.
  failing_since timestamptz,
  disabled_at timestamptz,
  disabled_reason text check (disabled_reason in ('owner', 'gone', 'failing')),
  created_at timestamptz not null,
  check ((disabled_at is null) = (disabled_reason is null)),
  check ((previous_secret is null) = (previous_until is null))
);
create index webhook_by_owner on webhook (owner);

create table delivery (
  n bigint generated always as identity primary key,
  -- No foreign key: its lock would make a money action wait for, or fail with, the removal of a webhook.
  webhook_id text not null,
  -- Null: a test, which has no event.
  event_n bigint references event on delete cascade,
  status text not null default 'pending' check (status in ('pending', 'delivered', 'failed')),
  -- All attempts ever begun: whoever ends an attempt names its number, so that a late one ends nothing.
  attempts int not null default 0,
  -- Attempts since it was last asked for: its place in the retry schedule.
  round int not null default 0,
  -- When it is tried next; while it is being tried, when whoever tries it is taken for dead.
  next_at timestamptz not null,
  tried_at timestamptz,
  http_status int,
  error text,
  duration_ms int,
  response text,
  created_at timestamptz not null
);
create unique index delivery_once on delivery (event_n, webhook_id) where event_n is not null;
create index delivery_pending on delivery (webhook_id, next_at) where status = 'pending';
-- Written so that only the question for what is due can use it: for one endpoint's next it would walk all others'.
create index delivery_due on delivery ((next_at at time zone 'UTC')) where status = 'pending';
create index delivery_by_webhook on delivery (webhook_id, n desc);
create index delivery_tests on delivery (created_at) where event_n is null;

-- In the transaction of the event: an agent without webhooks costs one index probe.
create function enqueue_deliveries() returns trigger language plpgsql as $$
begin
  insert into delivery (webhook_id, event_n, next_at, created_at)
  select id, new.n, clock_now(), clock_now() from webhook
  where owner = new.agent_id and disabled_at is null and (events is null or new.type = any (events));
  return null;
end $$;
create trigger enqueue_deliveries after insert on event for each row execute function enqueue_deliveries();
