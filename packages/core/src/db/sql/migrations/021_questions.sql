-- Questions: what an agent asks people, each place for an answer being a task of its own.

create table question (
  id text primary key,
  agent_id text not null references app_user,
  kind text not null check (kind in ('ask', 'verify')),
  title text not null,
  question text not null,
  context text,
  -- The part of JSON Schema that the form is made of; null for an answer in free text.
  -- json, not jsonb: the order of its fields is the order in which people are asked.
  answer_schema json,
  category text not null,
  people int not null check (people between 1 and 50),
  reward bigint not null check (reward > 0),
  languages text[] not null,
  skills text[] not null,
  expert text check (expert in ('vetted')),
  -- How long a place is held for who took it.
  claim_term interval not null,
  expires_at timestamptz not null,
  -- Called off: what nobody has taken is refunded, and what is given back as well.
  closed_at timestamptz,
  created_at timestamptz not null
);
create index question_by_agent on question (agent_id, created_at desc, id desc);
create trigger append_only before update of id, agent_id, kind, title, question, context, answer_schema, category, people,
  reward, languages, skills, expert, claim_term, expires_at, created_at on question
  for each row execute function append_only();
create trigger no_delete before delete on question for each row execute function append_only();
create trigger no_truncate before truncate on question execute function append_only();

alter table task add column question_id text references question;
create trigger question_stays before update of question_id on task for each row execute function append_only();
-- One answer of each human to a question. It also finds a question's places.
create unique index task_one_place_each on task (question_id, human_id) where question_id is not null;

-- The answer as its schema has it; the body is the same for reading.
alter table submission add column answer jsonb;
-- What an agent shows those whom it asks.
alter table file add column question_id text references question;
create index file_by_question on file (question_id) where question_id is not null;

-- A place is taken by who answers, and lapses when no answer comes.
create or replace function task_head() returns trigger language plpgsql as $$
begin
  if not legal_edge(concat_ws('/', new.action, new.from_status, new.to_status, new.role)) then
    raise exception '% from % to % by % is no rule of the lifecycle',
      new.action, new.from_status, new.to_status, new.role using errcode = 'foreign_key_violation';
  end if;
  if new.seq = 1 then
    perform from task where id = new.task_id and seq = 1 and status = new.to_status;
  else
    update task set
      seq = new.seq, status = new.to_status, clock_at = new.clock_at, updated_at = new.at,
      human_id = case new.action when 'select' then new.data->>'humanId' when 'claim' then new.actor
        when 'give_up' then null when 'lapse' then null else human_id end,
      closed_reason = coalesce(new.data->>'closedReason', closed_reason),
      completed_at = case when new.to_status = 'completed' then new.at else completed_at end
    where id = new.task_id and seq = new.seq - 1 and status = new.from_status
      and (new.action not in ('claim', 'lapse') or question_id is not null);
  end if;
  if not found then
    raise exception 'event % (% to %) does not follow on from the head of task %',
      new.seq, new.from_status, new.to_status, new.task_id using errcode = 'foreign_key_violation';
  end if;
  return null;
end $$;

-- Whoever hears of an answer is told to which question.
create or replace function tell_task_event() returns trigger language plpgsql as $$
begin
  insert into event (type, task_id, agent_id, human_id, actor_role, data, at)
  select event_name(new.action), new.task_id, t.agent_id,
    coalesce(t.human_id, case new.role when 'human' then new.actor end, new.data->>'humanId'), new.role,
    jsonb_strip_nulls(jsonb_build_object('taskId', new.task_id, 'questionId', t.question_id, 'status', new.to_status,
      'from', nullif(new.from_status, 'new'), 'humanId', t.human_id, 'closedReason', new.data->>'closedReason')),
    new.at
  from task t where t.id = new.task_id;
  return null;
end $$;
