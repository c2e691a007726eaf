-- The tables. What must never happen is refused here, whatever the code above does: see ARCHITECTURE.md.

-- The product's clock: the transaction's time, moved by h2a.clock_offset when a test travels.
create function clock_now() returns timestamptz language sql stable as $$
  select now() + coalesce(nullif(current_setting('h2a.clock_offset', true), ''), '0')::interval
$$;

create table app_user (
  id text primary key,
  role text not null check (role in ('agent', 'human', 'admin')),
  email text not null unique check (email = lower(email)),
  password_hash text not null,
  display_name text not null check (length(display_name) between 1 and 80),
  suspended_at timestamptz,
  created_at timestamptz not null
);

create table session (
  id text primary key,
  user_id text not null references app_user,
  family text not null,
  token_hash bytea not null unique,
  expires_at timestamptz not null,
  used_at timestamptz,
  created_at timestamptz not null
);
create index session_family on session (family);

create table api_key (
  id text primary key,
  user_id text not null references app_user,
  name text not null,
  prefix text not null,
  key_hash bytea not null unique,
  permissions text[] not null,
  allowed_ips text[] not null default '{}',
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz,
  created_at timestamptz not null
);
create index api_key_user on api_key (user_id, created_at desc);

-- The lifecycle, as data: written from the table in lifecycle.ts at every migration.
create table lifecycle_rule (
  action text not null,
  from_status text not null,
  to_status text not null,
  role text not null,
  money text check (money in ('lock', 'release', 'refund')),
  closed_reason text,
  -- Which term of the task runs in the status that it enters.
  clock_after text check (clock_after in ('deadline', 'review', 'dispute')),
  primary key (action, from_status, to_status, role)
);
create table lifecycle_status (
  status text primary key,
  escrow text not null check (escrow in ('held', 'released', 'refunded'))
);

create table task (
  id text primary key,
  -- Its lock needs the agent's account, and its human an application: both refer to app_user.
  agent_id text not null,
  title text not null,
  description text not null,
  category text not null,
  urgency text not null,
  location text,
  remote boolean not null,
  requirements text[] not null,
  skills text[] not null,
  auto_approve boolean not null,
  budget bigint not null,
  -- Terms are frozen when the task is posted: a later change of settings never touches a running task.
  fee bigint not null,
  review_term interval not null,
  dispute_term interval not null,
  deadline timestamptz not null,
  escrow_id text not null,
  max_applications int not null,
  applicant_count int not null default 0,
  review_reason text,
  -- The head: folded from task_event by a trigger, never written by hand.
  first_seq int not null generated always as (1) stored,
  status text not null,
  seq int not null,
  human_id text,
  clock_at timestamptz,
  closed_reason text,
  completed_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- Few and short: Postgres parses every check anew in every statement that writes the table.
  check (fee >= 0 and fee < budget and applicant_count >= 0 and applicant_count <= max_applications
    and human_id <> agent_id)
);

create table task_event (
  n bigint generated always as identity,
  task_id text not null,
  seq int not null,
  action text not null,
  from_status text not null,
  to_status text not null,
  role text not null,
  actor text not null,
  data jsonb not null default '{}',
  clock_at timestamptz,
  at timestamptz not null,
  -- Two events at one position are refused here; an illegal edge, an edge from a false past, or one of no task by
  -- the head trigger. (A foreign key to the rule rows would have all transactions share-lock the same few rows.)
  primary key (task_id, seq),
  check (seq >= 1 and (seq = 1) = (from_status = 'new'))
);
-- No task without its first event.
alter table task add constraint task_has_an_event
  foreign key (id, first_seq) references task_event (task_id, seq) deferrable initially deferred;

create index task_open on task (created_at desc, id desc) where status = 'open';
create index task_to_decide on task (status, created_at desc) where status in ('pending_review', 'disputed');
create index task_by_agent on task (agent_id, created_at desc, id desc);
create index task_by_human on task (human_id, updated_at desc) where human_id is not null;
create index task_due on task (clock_at) where clock_at is not null;

create table application (
  id text primary key,
  task_id text not null references task,
  human_id text not null references app_user,
  message text not null,
  status text not null check (status in ('pending', 'accepted', 'rejected', 'withdrawn')),
  applied_at timestamptz not null,
  updated_at timestamptz not null,
  unique (task_id, human_id)
);
create unique index application_one_accepted on application (task_id) where status = 'accepted';
create index application_by_human on application (human_id, updated_at desc);

create table submission (
  id text primary key,
  task_id text not null,
  seq int not null,
  human_id text not null references app_user,
  body text not null,
  links text[] not null,
  created_at timestamptz not null,
  unique (task_id, seq),
  foreign key (task_id, seq) references task_event (task_id, seq)
);

create table file (
  id text primary key,
  owner_id text not null references app_user,
  submission_id text references submission,
  name text not null,
  type text not null,
  size int not null check (size > 0),
  sha256 text not null,
  created_at timestamptz not null
);
create index file_waiting on file (owner_id) where submission_id is null;
create index file_by_submission on file (submission_id) where submission_id is not null;

-- A thread is the pair of agent and assigned human: whoever takes over a task does not read the one before.
create table message (
  id text primary key,
  task_id text not null references task,
  human_id text not null references app_user,
  sender_id text not null references app_user,
  content text not null,
  created_at timestamptz not null
);
create index message_by_task on message (task_id, created_at, id);

create type account_kind as enum ('available', 'held', 'world', 'fees');
create table account (
  id text primary key,
  owner text references app_user,
  kind account_kind not null,
  -- The cached sum of its transfers; null for world and fees, which would be hot rows.
  balance bigint,
  earned bigint not null default 0,
  spent bigint not null default 0,
  constraint account_no_overdraw check (balance >= 0),
  constraint account_shape check ((owner is null) = (balance is null))
) with (fillfactor = 50);

create table transfer_kind (
  kind text not null,
  from_kind text not null,
  to_kind text not null,
  primary key (kind, from_kind, to_kind)
);
create table transfer (
  id text primary key,
  kind text not null,
  -- That both accounts exist is checked by the balance trigger, which has to find them anyway: a foreign key
  -- would have every payment share-lock the row of the fees.
  from_account text not null,
  to_account text not null,
  amount bigint not null,
  task_id text,
  seq int,
  created_at timestamptz not null,
  check (amount > 0 and from_account <> to_account
    and (task_id is null) = (kind = 'deposit' or kind = 'withdrawal'))
);
-- One lock, one fee, one settlement: a second release or refund of one escrow cannot be written.
create unique index transfer_locked_once on transfer (task_id) where kind = 'escrow_lock';
create unique index transfer_fee_once on transfer (task_id) where kind = 'platform_fee';
create unique index transfer_settled_once on transfer (task_id) where kind in ('escrow_release', 'escrow_refund');
-- Together they find every transfer of an owner: a lock and a refund are within one owner, a fee goes to the platform.
-- By time, not by id, or the planner would walk the primary key backwards through everybody's.
create index transfer_from on transfer (from_account, created_at desc, id desc);
create index transfer_to on transfer (to_account, created_at desc, id desc) where kind in ('deposit', 'escrow_release');
insert into account (id, kind) values ('world', 'world'), ('fees', 'fees');

create table idempotency (
  principal text not null,
  key text not null,
  request_hash bytea not null,
  reply jsonb,
  created_at timestamptz not null,
  primary key (principal, key)
);
create index idempotency_age on idempotency using brin (created_at);

create table confirmation (
  token_hash bytea primary key,
  principal text not null,
  tool text not null,
  params_hash bytea not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  created_at timestamptz not null
);
create index confirmation_age on confirmation (expires_at);

-- Counters of requests per minute, for a hard cap per sliding hour. Losing them in a crash costs nothing.
create unlogged table rate_limit (
  subject text primary key,
  minute int not null,
  counts int[] not null
);
