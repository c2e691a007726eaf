-- What people are asked: a yes before money moves, where policy demands it, and to approve what an agent wants to do.

alter table confirmation
  -- What is shown and linked to: not the token, and worth nothing without signing in.
  add column id text unique,
  -- 'ready' asked nobody; the others wait for a person's answer, or have it.
  add column status text not null default 'ready' check (status in ('ready', 'pending', 'approved', 'declined')),
  add column message text,
  add column params jsonb,
  add column task_id text,
  -- What the question is about, in micro-$A9: the budget, of which the platform's fee is a part.
  add column amount bigint,
  add column fee bigint,
  add column key_id text,
  add column decided_at timestamptz,
  -- Where the person answered: on a page of ours, or in the agent's client, which relayed it.
  add column decided_via text check (decided_via in ('browser', 'client')),
  add constraint confirmation_decided check ((status in ('approved', 'declined')) = (decided_at is not null));
create index confirmation_by_principal on confirmation (principal, created_at desc) where status <> 'ready';

-- A confirmation can be about a task that is not there yet.
alter table event alter column task_id drop not null;

create function tell_confirmation() returns trigger language plpgsql as $$
begin
  if new.status = 'ready' or tg_op = 'UPDATE' and new.status = old.status then return null; end if;
  insert into event (type, task_id, agent_id, actor_role, data, at)
  values (case new.status when 'pending' then 'confirmation.requested' else 'confirmation.decided' end,
    new.task_id, new.principal, 'agent',
    jsonb_strip_nulls(jsonb_build_object('taskId', new.task_id, 'confirmationId', new.id, 'status', new.status)),
    coalesce(new.decided_at, new.created_at));
  return null;
end $$;
create trigger tell_confirmation after insert or update of status on confirmation
  for each row execute function tell_confirmation();

-- These take one argument more from now on: whether a person's yes is demanded.
drop function if exists use_confirmation(bytea, text, text, bytea);
drop function if exists open_task(jsonb, text, text, text, text[], text, bytea, bytea, bytea, boolean);

-- Whom an account's owner lets decide for it, beside themselves.
create table approver (
  id text primary key,
  account text not null references app_user (id),
  name text not null,
  email text not null,
  team text,
  created_at timestamptz not null,
  unique (account, email)
);

-- An action that an agent wants approved. What was asked never changes; it is answered once.
create table approval (
  id text primary key,
  account text not null references app_user (id),
  key_id text,
  action text not null,
  details text,
  choices text[] not null,
  status text not null default 'pending' check (status in ('pending', 'approved', 'declined', 'cancelled')),
  choice text,
  comment text,
  decided_by jsonb,
  decided_at timestamptz,
  -- The answer, signed.
  proof text,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  constraint approval_decided check ((status in ('approved', 'declined'))
    = (decided_by is not null and decided_at is not null and proof is not null))
);
create index approval_by_account on approval (account, created_at desc);
create index approval_age on approval (expires_at);

-- Who was asked, by a link that answers for them.
create table approval_ask (
  token_hash bytea primary key,
  approval_id text not null references approval (id) on delete cascade,
  name text not null,
  email text not null
);
create index approval_ask_by_approval on approval_ask (approval_id);

create function tell_approval() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.status not in ('approved', 'declined') then return null; end if;
  insert into event (type, agent_id, actor_role, data, at)
  values (case new.status when 'pending' then 'approval.requested' else 'approval.decided' end,
    new.account, 'agent', jsonb_build_object('approvalId', new.id, 'status', new.status),
    coalesce(new.decided_at, new.created_at));
  return null;
end $$;
create trigger tell_approval after insert or update of status on approval
  for each row execute function tell_approval();
