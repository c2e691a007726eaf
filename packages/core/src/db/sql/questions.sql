-- Questions: how they are posted, and how a place for an answer is taken. Replaced at every migration.

-- Posts a question with a task for each answer wanted, or nothing: key, confirmation, caps, wallet, tasks, locks.
-- The caps of a key hold the question as a whole, as if it were one task.
create or replace function open_question(
  p_question json, p_task jsonb, p_ids text[], p_transfers text[], p_action text, p_to text, p_files text[],
  p_tool text, p_key text, p_hash bytea, p_confirmation bytea, p_params bytea, p_demanded boolean,
  p_capped boolean
) returns jsonb language plpgsql as $$
declare
  q question := json_populate_record(null::question, p_question);
  t task := jsonb_populate_record(null::task, p_task);
  total bigint := q.people * q.reward;
  wallet bigint;
  result jsonb;
begin
  if p_key is not null then
    result := claim_key(q.agent_id, p_key, p_hash);
    if result is not null then return result || '{"replayed": true}'; end if;
  end if;
  if p_confirmation is not null then
    perform use_confirmation(p_confirmation, q.agent_id, p_tool, p_params, p_demanded);
  end if;
  t.budget := total;
  if p_capped then perform check_spending(t); end if;
  t.budget := q.reward;
  select balance into wallet from account where id = q.agent_id || ':available' for no key update;
  if wallet < total then
    perform refuse('INSUFFICIENT_BALANCE', jsonb_build_object('balance', trim_scale(wallet / 1000000::numeric),
      'needed', trim_scale(total / 1000000::numeric), 'what', 'question'));
  end if;
  q.created_at := clock_now();
  insert into question select q.*;
  perform attach_files(q, p_files);
  for i in 1 .. q.people loop
    t.id := p_ids[i];
    perform post_task(t, p_action, p_to, array[p_transfers[i]]);
  end loop;
  result := jsonb_build_object('id', q.id);
  if p_key is not null then
    update idempotency set reply = result where principal = q.agent_id and key = p_key;
  end if;
  return result;
end $$;

-- The agent's own uploads that belong to nothing yet become part of what people are shown.
create or replace function attach_files(q question, p_files text[]) returns void language plpgsql as $$
declare
  missing text;
begin
  update file set question_id = q.id
  where id = any (p_files) and owner_id = q.agent_id and submission_id is null and question_id is null;
  select f into missing from unnest(p_files) f
  where not exists (select from file where id = f and question_id = q.id) limit 1;
  if found then perform refuse('FILE_NOT_FOUND', jsonb_build_object('fileId', missing)); end if;
end $$;

-- Whether somebody sees a question: while it takes answers everybody, and always who has a place of it. What a suspended
-- agent asks is not offered.
create or replace function sees_question(q question, p_actor text) returns boolean language plpgsql stable as $$
begin
  return exists (select from task where question_id = q.id and human_id = p_actor)
    or q.closed_at is null and q.expires_at > clock_now()
      and exists (select from task where question_id = q.id and status in ('open', 'assigned'))
      and not exists (select from app_user where id = q.agent_id and suspended_at is not null);
end $$;

-- Until when a task may stay in a status that waits for its deadline: a place that was taken is held for a short while,
-- and one that is given back to a question that was called off is not offered again.
create or replace function open_until(t task, p_to text) returns timestamptz language plpgsql as $$
declare
  q question;
begin
  if t.question_id is null then return t.deadline; end if;
  select * into q from question where id = t.question_id;
  return case when p_to = 'assigned' then least(t.deadline, clock_now() + q.claim_term)
    when q.closed_at is not null then clock_now() else t.deadline end;
end $$;

-- A taken place whose time is over is open again, as long as its question waits for answers.
create or replace function claim_ends(t task) returns boolean language plpgsql as $$
begin
  return t.status = 'assigned' and t.deadline > clock_now()
    and exists (select from question where id = t.question_id and closed_at is null);
end $$;

-- How often a human has been paid for work that somebody looked at, by how many agents, and how often it was turned
-- down for good; work that was paid by silence says nothing of its quality. `p_category` null: in any. So that nobody
-- makes a record out of small change and new accounts, only tasks of `p_budget` micro-$A9 or more count, of agents
-- older than `p_age`, and people's e-mail addresses are verified on both sides.
create or replace function track_record(
  p_human text, p_category text, p_budget bigint, p_age interval, out paid int, out agents int, out refused int
) language plpgsql stable as $$
begin
  select count(*) filter (where t.status = 'completed'),
    count(distinct t.agent_id) filter (where t.status = 'completed'),
    count(*) filter (where t.closed_reason in ('rejected', 'dispute_dismissed'))
  into paid, agents, refused
  from task t join app_user a on a.id = t.agent_id join app_user h on h.id = t.human_id
  where t.human_id = p_human and t.status in ('completed', 'expired') and (p_category is null or t.category = p_category)
    and t.budget >= p_budget and a.created_at < clock_now() - p_age
    and a.email_verified_at is not null and h.email_verified_at is not null
    and (t.status = 'expired' or exists (
      select from task_event e where e.task_id = t.id and e.seq = t.seq and e.role <> 'clock'));
end $$;

-- Takes one place of a question for a human; answers the task. Lock order: user → question → task → accounts.
create or replace function take_place(
  p_question text, p_human text, p_most_places int, p_most_tries int, p_ids text[]
) returns jsonb language plpgsql as $$
declare
  q question;
  t task;
  tries int;
begin
  perform from app_user where id = p_human for no key update;
  select * into q from question where id = p_question for no key update;
  if not found then perform refuse('QUESTION_NOT_FOUND', jsonb_build_object('questionId', p_question)); end if;
  select * into t from task where question_id = q.id and human_id = p_human for no key update;
  if found then
    if t.status <> 'assigned' then perform refuse('ALREADY_ANSWERED'); end if;
    if t.clock_at > clock_now() then return to_jsonb(t); end if;
  end if;
  if q.closed_at is not null or q.expires_at <= clock_now() then perform refuse('QUESTION_CLOSED'); end if;
  if p_most_places <= (select count(*) from task o where o.human_id = p_human and o.question_id is not null
      and o.status = 'assigned' and o.clock_at > clock_now()) then
    perform refuse('TOO_MANY_PLACES', jsonb_build_object('max', p_most_places));
  end if;
  select count(*) into tries from task o join task_event e on e.task_id = o.id
  where o.question_id = q.id and e.action = 'claim' and e.actor = p_human;
  if tries >= p_most_tries then
    perform refuse('NOT_ELIGIBLE', jsonb_build_object('why', 'you took a place ' || tries || ' times and gave no answer'));
  end if;
  if t.id is not null then
    perform advance(t.id, 'lapse', 'clock', 'clock', '{}', p_ids, null, null, null, null, null, null);
  end if;
  -- A place whose holder let the time pass is free, though the clock has not come by yet. Takers come one by one, so a
  -- place that somebody holds locked is waited for: it may be free in the end.
  select * into t from task where question_id = q.id
    and (status = 'open' or status = 'assigned' and clock_at <= clock_now())
  order by status desc, id limit 1 for no key update;
  if not found then perform refuse('QUESTION_FULL'); end if;
  if t.status = 'assigned' then
    perform advance(t.id, 'lapse', 'clock', 'clock', '{}', p_ids, null, null, null, null, null, null);
  end if;
  return advance(t.id, 'claim', 'human', p_human, '{}', p_ids, null, null, null, null, null, null);
end $$;
