-- The hot path: each money tool is one statement, and one statement is one transaction.
-- Replaced as a whole at every migration. A refusal is raised as SQLSTATE H2000 with the code in the message
-- and its facts as JSON in the detail.

create or replace function refuse(code text, facts jsonb default '{}') returns void language plpgsql as $$
begin
  raise exception using errcode = 'H2000', message = code, detail = facts::text;
end $$;

-- Claims an idempotency key; answers the stored reply when the same request was served before.
-- A concurrent twin waits here on the key's index entry until the first commits or rolls back.
create or replace function claim_key(p_principal text, p_key text, p_hash bytea) returns jsonb language plpgsql as $$
declare
  old idempotency;
begin
  loop
    insert into idempotency (principal, key, request_hash, created_at)
    values (p_principal, p_key, p_hash, clock_now())
    on conflict (principal, key) do nothing;
    if found then return null; end if;
    select * into old from idempotency where principal = p_principal and key = p_key for update;
    continue when not found;
    if old.created_at <= clock_now() - interval '24 hours' then
      delete from idempotency where principal = p_principal and key = p_key;
      continue;
    end if;
    if old.request_hash <> p_hash then perform refuse('IDEMPOTENCY_KEY_REUSED'); end if;
    -- A replay acknowledges money too, so its commit must wait for the same durability as the first one did.
    perform pg_logical_emit_message(true, 'h2a.replay', '');
    return old.reply;
  end loop;
end $$;

-- Uses up a confirmation that is bound to this principal, tool and parameters. What asked a person needs their yes;
-- where one is demanded, what asked nobody is no confirmation.
create or replace function use_confirmation(
  p_token bytea, p_principal text, p_tool text, p_params bytea, p_demanded boolean
) returns void language plpgsql as $$
declare
  c confirmation;
begin
  select * into c from confirmation where token_hash = p_token for update;
  if not found or c.principal <> p_principal then
    perform refuse('CONFIRMATION_INVALID', '{"why": "is not known here"}');
  elsif c.used_at is not null then
    perform refuse('CONFIRMATION_INVALID', '{"why": "was already used"}');
  elsif c.status = 'declined' then
    perform refuse('CONFIRMATION_DECLINED', jsonb_build_object('tool', c.tool));
  elsif c.expires_at <= clock_now() then
    perform refuse('CONFIRMATION_INVALID', '{"why": "has expired"}');
  elsif c.tool <> p_tool then
    perform refuse('CONFIRMATION_INVALID', jsonb_build_object('why', 'was made for ' || c.tool));
  elsif c.params_hash <> p_params then
    perform refuse('CONFIRMATION_INVALID', '{"why": "was made for other parameters"}');
  elsif c.status = 'pending' then
    perform refuse('CONFIRMATION_PENDING', jsonb_build_object('confirmationId', c.id));
  elsif p_demanded and c.status <> 'approved' then
    perform refuse('CONFIRMATION_INVALID', '{"why": "was made when no person had to be asked, and now one has"}');
  end if;
  update confirmation set used_at = clock_now() where token_hash = p_token;
end $$;

-- The transfers of a transition: lock, release (payout and fee) or refund.
create or replace function settle(p_money text, t task, p_seq int, p_ids text[]) returns void language plpgsql as $$
begin
  if p_money = 'lock' then
    insert into transfer (id, kind, from_account, to_account, amount, task_id, seq, created_at)
    values (p_ids[1], 'escrow_lock', t.agent_id || ':available', t.agent_id || ':held', t.budget, t.id, p_seq, clock_now());
  elsif p_money = 'refund' then
    insert into transfer (id, kind, from_account, to_account, amount, task_id, seq, created_at)
    values (p_ids[1], 'escrow_refund', t.agent_id || ':held', t.agent_id || ':available', t.budget, t.id, p_seq, clock_now());
  elsif p_money = 'release' then
    insert into transfer (id, kind, from_account, to_account, amount, task_id, seq, created_at)
    select id, kind, t.agent_id || ':held', paid, amount, t.id, p_seq, clock_now()
    from (values (p_ids[1], 'escrow_release', t.human_id || ':available', t.budget - t.fee),
                 (p_ids[2], 'platform_fee', 'fees', t.fee)) v (id, kind, paid, amount)
    where amount > 0;
  end if;
end $$;

-- Writes a new task with its first event and its lock; its head is set here.
create or replace function post_task(t task, p_action text, p_to text, p_ids text[]) returns task language plpgsql as $$
begin
  t.status := p_to; t.seq := 1; t.applicant_count := 0;
  t.created_at := clock_now(); t.updated_at := t.created_at;
  t.clock_at := t.deadline; t.escrow_id := 'esc_' || substr(t.id, 6);
  insert into task (id, agent_id, title, description, category, urgency, location, remote, requirements, skills,
    auto_approve, budget, fee, review_term, dispute_term, deadline, escrow_id, max_applications, review_reason,
    status, seq, clock_at, key_id, question_id, created_at, updated_at)
  values (t.id, t.agent_id, t.title, t.description, t.category, t.urgency, t.location, t.remote, t.requirements, t.skills,
    t.auto_approve, t.budget, t.fee, t.review_term, t.dispute_term, t.deadline, t.escrow_id, t.max_applications, t.review_reason,
    t.status, t.seq, t.clock_at, t.key_id, t.question_id, t.created_at, t.updated_at);
  insert into task_event (task_id, seq, action, from_status, to_status, role, actor, clock_at, at)
  values (t.id, 1, p_action, 'new', p_to, 'agent', t.agent_id, t.clock_at, t.created_at);
  perform settle('lock', t, 1, p_ids);
  return t;
end $$;

-- Posts a task: key, confirmation, caps, task, first event, lock. The row comes as jsonb.
create or replace function open_task(
  p_task jsonb, p_agent_name text, p_action text, p_to text, p_ids text[],
  p_key text, p_hash bytea, p_confirmation bytea, p_params bytea, p_demanded boolean, p_capped boolean
) returns jsonb language plpgsql as $$
declare
  t task := jsonb_populate_record(null::task, p_task);
  result jsonb;
begin
  if p_key is not null then
    result := claim_key(t.agent_id, p_key, p_hash);
    if result is not null then return result || '{"replayed": true}'; end if;
  end if;
  if p_confirmation is not null then
    perform use_confirmation(p_confirmation, t.agent_id, 'create_task', p_params, p_demanded);
  end if;
  if p_capped then perform check_spending(t); end if;
  t := post_task(t, p_action, p_to, p_ids);
  result := to_jsonb(t) || jsonb_build_object('agent_name', p_agent_name);
  if p_key is not null then
    update idempotency set reply = result where principal = t.agent_id and key = p_key;
  end if;
  return result;
end $$;

-- Not the task's agent or human, an admin or the clock. A task that the actor cannot see is not found.
create or replace function refuse_stranger(t task, p_role text, p_actor text) returns void language plpgsql as $$
begin
  if t.status = 'open' and not exists (select from app_user where id = t.agent_id and suspended_at is not null)
    or exists (select from application where task_id = t.id and human_id = p_actor) then
    perform refuse('FORBIDDEN', jsonb_build_object('message',
      case p_role when 'agent' then 'You are not the owner of this task.' else 'You are not assigned to this task.' end));
  end if;
  perform refuse('TASK_NOT_FOUND', jsonb_build_object('taskId', t.id));
end $$;

-- Takes one action of the lifecycle: key, confirmation, lock, rule, term, applications, event, money, reply.
create or replace function advance(
  p_task text, p_action text, p_role text, p_actor text, p_data jsonb, p_ids text[],
  p_tool text, p_key text, p_hash bytea, p_confirmation bytea, p_params bytea, p_confirm_above bigint
) returns jsonb language plpgsql as $$
declare
  t task;
  rule lifecycle_rule;
  data jsonb := p_data;
  result jsonb;
begin
  if p_key is not null then
    result := claim_key(p_actor, p_key, p_hash);
    if result is not null then return result || '{"replayed": true}'; end if;
  end if;
  select * into t from task where id = p_task for no key update;
  if not found then perform refuse('TASK_NOT_FOUND', jsonb_build_object('taskId', p_task)); end if;
  if not (p_role in ('admin', 'clock') or p_role = 'agent' and t.agent_id = p_actor
      or p_role = 'human' and (t.human_id is not distinct from p_actor or p_action = 'claim')) then
    perform refuse_stranger(t, p_role, p_actor);
  end if;
  select * into rule from lifecycle_rule
  where action = p_action and from_status = t.status and role = p_role;
  if not found then
    perform refuse('INVALID_STATUS', jsonb_build_object('status', t.status, 'allowed',
      (select jsonb_agg(distinct from_status) from lifecycle_rule where action = p_action)));
  end if;
  if p_role = 'clock' or t.clock_at <= clock_now() then perform check_time(t, rule, p_role); end if;
  if p_confirmation is not null then
    perform use_confirmation(p_confirmation, p_actor, p_tool, p_params, coalesce(t.budget >= p_confirm_above, false));
  elsif t.budget >= p_confirm_above then
    perform refuse('CONFIRMATION_REQUIRED', jsonb_build_object('tool', p_tool));
  end if;
  if rule.closed_reason is not null then
    data := data || jsonb_build_object('closedReason',
      case when p_action = 'expire' and t.deadline > clock_now() then 'cancelled' else rule.closed_reason end);
  end if;
  if p_action = 'select' then perform pick_application(t.id, data->>'humanId'); end if;
  if p_action = 'give_up' then
    data := data || jsonb_build_object('humanId', t.human_id);
    if t.question_id is null then perform reopen_applications(t); end if;
  end if;
  if p_action = 'lapse' then data := data || jsonb_build_object('humanId', t.human_id); end if;
  if t.human_id is null and rule.money = 'refund' then  -- closed before anybody was chosen
    update application set status = 'rejected', updated_at = clock_now() where task_id = t.id and status = 'pending';
  end if;
  insert into task_event (task_id, seq, action, from_status, to_status, role, actor, data, clock_at, at)
  values (t.id, t.seq + 1, p_action, t.status, rule.to_status, p_role, p_actor, data,
    case rule.clock_after when 'deadline' then open_until(t, rule.to_status)
      when 'review' then clock_now() + t.review_term when 'dispute' then clock_now() + t.dispute_term end,
    clock_now());
  if rule.money is not null then perform settle(rule.money, t, t.seq + 1, p_ids); end if;
  select to_jsonb(task) || jsonb_build_object('agent_name', display_name) into result
  from task join app_user on app_user.id = agent_id where task.id = p_task;
  if p_key is not null then
    update idempotency set reply = result where principal = p_actor and key = p_key;
  end if;
  return result;
end $$;

-- Once a term is over the clock's outcome is due: only an action that leads to the same end is still taken.
create or replace function check_time(t task, rule lifecycle_rule, p_role text) returns void language plpgsql as $$
begin
  if p_role = 'clock' then
    if t.clock_at is null or t.clock_at > clock_now() then
      perform refuse('NOT_DUE', jsonb_build_object('at', t.clock_at));
    elsif rule.action in ('expire', 'lapse') and (rule.action = 'lapse') <> claim_ends(t) then
      perform refuse('NOT_DUE', jsonb_build_object('at', t.deadline));
    end if;
  elsif not exists (
    select from lifecycle_rule r
    where r.from_status = t.status and r.role = 'clock' and r.to_status = rule.to_status
      and (r.action = 'lapse') = claim_ends(t)
  ) then
    perform refuse('DEADLINE_PASSED', jsonb_build_object('at', t.clock_at, 'status', t.status));
  end if;
end $$;

create or replace function pick_application(p_task text, p_human text) returns void language plpgsql as $$
begin
  update application set status = 'accepted', updated_at = clock_now()
  where task_id = p_task and human_id = p_human and status = 'pending'
    and not exists (select from app_user where id = p_human and suspended_at is not null);
  if not found then perform refuse('NO_PENDING_APPLICATION', jsonb_build_object('humanId', p_human)); end if;
  update application set status = 'rejected', updated_at = clock_now()
  where task_id = p_task and status = 'pending';
end $$;

-- The task is open again: the human that left is no applicant, and who was passed over is a candidate again.
create or replace function reopen_applications(t task) returns void language plpgsql as $$
begin
  update application set status = 'withdrawn', updated_at = clock_now()
  where task_id = t.id and human_id = t.human_id and status = 'accepted';
  update task set applicant_count = applicant_count - 1 where id = t.id;
  update application set status = 'pending', updated_at = clock_now()
  where task_id = t.id and status = 'rejected'
    and human_id not in (select id from app_user where suspended_at is not null);
end $$;

-- A wallet with its five newest transfers, each of which touches one or both of its two accounts.
create or replace function wallet(p_available text, p_held text) returns jsonb language plpgsql stable as $$
begin
  return (select jsonb_build_object('balance', a.balance, 'held', h.balance, 'earned', a.earned, 'spent', h.spent,
    'recent', (
      select coalesce(jsonb_agg(to_jsonb(x) order by x.created_at desc, x.id desc), '[]') from (
        (select * from transfer where from_account = p_available order by created_at desc, id desc limit 5) union all
        (select * from transfer where from_account = p_held order by created_at desc, id desc limit 5) union all
        (select * from transfer where to_account = p_available and kind in ('deposit', 'escrow_release')
          order by created_at desc, id desc limit 5)
        order by created_at desc, id desc limit 5) x))
  from account a, account h where a.id = p_available and h.id = p_held);
end $$;
