-- Three small trigger functions: the head follows its events, balances follow transfers, the past stays as it was.

-- The edges of the lifecycle; every migration writes this function anew from its table (db/migrate.ts).
create function legal_edge(edge text) returns boolean immutable language plpgsql as $$
begin
  return false;
end $$;

-- 1. Head: a task's row is the fold of its events. An event that does not follow on from the head is refused.
create function task_head() returns trigger language plpgsql as $$
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
      human_id = case new.action when 'select' then new.data->>'humanId' when 'give_up' then null else human_id end,
      closed_reason = coalesce(new.data->>'closedReason', closed_reason),
      completed_at = case when new.to_status = 'completed' then new.at else completed_at end
    where id = new.task_id and seq = new.seq - 1 and status = new.from_status;
  end if;
  if not found then
    raise exception 'event % (% to %) does not follow on from the head of task %',
      new.seq, new.from_status, new.to_status, new.task_id using errcode = 'foreign_key_violation';
  end if;
  return null;
end $$;
create trigger task_head after insert on task_event for each row execute function task_head();

-- 2. Balance: both accounts in one statement, by their index and so in its order: no two transfers ever deadlock.
create function move_balance() returns trigger language plpgsql set enable_seqscan = off set enable_bitmapscan = off as $$
declare
  -- World and fees have no cached balance: they would be hot rows.
  cached text[] := array_remove(array_remove(array[
    least(new.from_account, new.to_account), greatest(new.from_account, new.to_account)], 'world'), 'fees');
  moved int;
begin
  update account set
    balance = balance + case id when new.to_account then new.amount else -new.amount end,
    earned = earned + case when id = new.to_account and new.kind = 'escrow_release' then new.amount else 0 end,
    spent = spent + case when id = new.from_account and new.kind in ('escrow_release', 'platform_fee')
      then new.amount else 0 end
  where id = any (cached);
  get diagnostics moved = row_count;
  if moved <> cardinality(cached) then
    raise exception 'transfer % is between accounts that do not exist', new.id using errcode = 'foreign_key_violation';
  end if;
  return null;
end $$;
create trigger move_balance after insert on transfer for each row execute function move_balance();

-- 3. Append-only: an event or a transfer, once written, is history; heads and balances move only by them.
create function append_only() returns trigger language plpgsql as $$
begin
  raise exception '% is not written by hand', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger append_only before update or delete on task_event for each row execute function append_only();
create trigger append_only before update or delete on transfer for each row execute function append_only();
create trigger no_truncate before truncate on task_event execute function append_only();
create trigger no_truncate before truncate on transfer execute function append_only();
create trigger no_truncate before truncate on task execute function append_only();
create trigger no_truncate before truncate on account execute function append_only();
create trigger no_delete before delete on task for each row execute function append_only();
-- Depth 0 is a statement of the application's own, not one of the two triggers above.
create trigger head_by_event before update of seq, status, human_id, clock_at,
  budget, fee, agent_id, deadline, review_term, dispute_term, escrow_id, closed_reason, completed_at on task
  for each row when (pg_trigger_depth() = 0) execute function append_only();
create trigger balance_by_transfer before update or delete on account
  for each row when (pg_trigger_depth() = 0) execute function append_only();
create trigger account_starts_empty before insert on account
  for each row when (coalesce(new.balance, 0) <> 0 or new.earned <> 0 or new.spent <> 0) execute function append_only();
