-- Where policy demands it, money moves only after a person of the account has said yes.

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
