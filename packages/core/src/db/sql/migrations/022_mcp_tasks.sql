-- A handle on what people finish later, for a client that looks again. What has come of it is never stored: the tool
-- that looks says it, so that a restart, or another process, changes nothing.
create table mcp_task (
  id text primary key,
  -- The account that may look at it, and nobody else.
  principal text not null references app_user,
  -- The tool that began it, the one that looks, and with what.
  tool text not null,
  poll text not null,
  poll_input jsonb not null,
  -- The end is kept once it was seen, as a task that is over stays as it is.
  status text not null default 'working' check (status in ('working', 'completed', 'cancelled')),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  expires_at timestamptz not null
);
create index mcp_task_by_principal on mcp_task (principal) where status = 'working';
create index mcp_task_by_expiry on mcp_task (expires_at);
