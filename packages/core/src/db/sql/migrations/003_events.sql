-- What happened, for whoever is told of it: cursors, webhooks, live pages. Written in the transaction that caused it.

create table event (
  n bigint generated always as identity primary key,
  -- Its place in the order that readers see, given after commit: `n` is drawn before, and may appear out of order.
  pos bigint,
  type text not null,
  task_id text not null,
  agent_id text not null,
  -- The human concerned, if any: the assigned one, the applicant, the one written to.
  human_id text,
  actor_role text not null,
  -- Ids and statuses only: no text that somebody wrote.
  data jsonb not null,
  at timestamptz not null
);
create unique index event_pos on event (pos) where pos is not null;
create index event_unplaced on event (n) where pos is null;
create index event_by_agent on event (agent_id, pos) where pos is not null;
create index event_by_human on event (human_id, pos) where pos is not null and human_id is not null;

-- The last place given. One row: whoever gives places holds it, so that places are never given twice.
create table event_head (last bigint not null);
insert into event_head values (0);

-- Names of the lifecycle's events; every migration writes this function anew from its table (db/migrate.ts).
create function event_name(action text) returns text immutable language plpgsql as $$
begin
  return null;
end $$;

create function tell_task_event() returns trigger language plpgsql as $$
begin
  insert into event (type, task_id, agent_id, human_id, actor_role, data, at)
  select event_name(new.action), new.task_id, t.agent_id, coalesce(t.human_id, case new.role when 'human' then new.actor end), new.role,
    jsonb_strip_nulls(jsonb_build_object('taskId', new.task_id, 'status', new.to_status,
      'from', nullif(new.from_status, 'new'), 'humanId', t.human_id, 'closedReason', new.data->>'closedReason')),
    new.at
  from task t where t.id = new.task_id;
  return null;
end $$;
-- After task_head, which comes first by its name: the task is what the event made of it.
create trigger tell_task_event after insert on task_event for each row execute function tell_task_event();

create function tell_application() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.status <> 'withdrawn' then return null; end if;
  insert into event (type, task_id, agent_id, human_id, actor_role, data, at)
  select case tg_op when 'INSERT' then 'application.created' else 'application.withdrawn' end,
    new.task_id, t.agent_id, new.human_id, 'human',
    jsonb_build_object('taskId', new.task_id, 'applicationId', new.id, 'humanId', new.human_id), new.updated_at
  from task t where t.id = new.task_id;
  return null;
end $$;
create trigger tell_application after insert or update of status on application
  for each row execute function tell_application();

create function tell_message() returns trigger language plpgsql as $$
begin
  insert into event (type, task_id, agent_id, human_id, actor_role, data, at)
  select 'message.created', new.task_id, t.agent_id, new.human_id,
    case new.sender_id when t.agent_id then 'agent' else 'human' end,
    jsonb_build_object('taskId', new.task_id, 'messageId', new.id, 'senderId', new.sender_id), new.created_at
  from task t where t.id = new.task_id;
  return null;
end $$;
create trigger tell_message after insert on message for each row execute function tell_message();
