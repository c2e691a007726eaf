-- Who takes an application back and applies again is told of again.
create or replace function tell_application() returns trigger language plpgsql as $$
declare
  told text := case
    when tg_op = 'INSERT' then 'application.created'
    when new.status = 'withdrawn' then 'application.withdrawn'
    when new.status = 'pending' and old.status = 'withdrawn' then 'application.created' end;
begin
  if told is null then return null; end if;
  insert into event (type, task_id, agent_id, human_id, actor_role, data, at)
  select told, new.task_id, t.agent_id, new.human_id, 'human',
    jsonb_build_object('taskId', new.task_id, 'applicationId', new.id, 'humanId', new.human_id), new.updated_at
  from task t where t.id = new.task_id;
  return null;
end $$;

-- A suspended owner's webhooks hear of nothing; list_events tells what they missed, once it is lifted.
create or replace function enqueue_deliveries() returns trigger language plpgsql as $$
begin
  insert into delivery (webhook_id, event_n, next_at, created_at)
  select id, new.n, clock_now(), clock_now() from webhook
  where owner = new.agent_id and disabled_at is null and (events is null or new.type = any (events))
    and not exists (select from app_user where app_user.id = new.agent_id and suspended_at is not null);
  return null;
end $$;
