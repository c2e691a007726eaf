-- Three small trigger functions: the head follows its events, balances follow transfers, the past stays as it was.

-- 1. Head: a task's row is the fold of its events. Written by hand it would not match its last event (foreign key).
create function task_head() returns trigger language plpgsql as $$
begin
  if new.seq = 1 then return null; end if;  -- the task row was inserted with its first event
  update task set
    seq = new.seq, status = new.to_status, clock_at = new.clock_at, updated_at = new.at,
    human_id = case new.action when 'select' then new.data->>'humanId' when 'give_up' then null else human_id end,
    closed_reason = coalesce(new.data->>'closedReason', closed_reason),
    completed_at = case when new.to_status = 'completed' then new.at else completed_at end
  where id = new.task_id and seq = new.seq - 1;
  if not found then raise exception 'task % is not at event %', new.task_id, new.seq - 1; end if;
  return null;
end $$;
create trigger task_head after insert on task_event for each row execute function task_head();

-- 2. Balance: the lower account id first, so that two transfers between the same accounts never deadlock.
create function move_balance() returns trigger language plpgsql as $$
declare
  pays text := new.from_account;
  gets text := new.to_account;
  is_pay boolean := new.kind in ('escrow_release', 'platform_fee');
begin
  if pays < gets then
    update account set balance = balance - new.amount, spent = spent + case when is_pay then new.amount else 0 end
    where id = pays and balance is not null;
  end if;
  update account set balance = balance + new.amount,
    earned = earned + case when new.kind = 'escrow_release' then new.amount else 0 end
  where id = gets and balance is not null;
  if pays > gets then
    update account set balance = balance - new.amount, spent = spent + case when is_pay then new.amount else 0 end
    where id = pays and balance is not null;
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
-- Depth 0 is a statement of the application's own, not one of the two triggers above.
create trigger head_by_event before update of seq, status, human_id, clock_at, budget, fee, agent_id on task
  for each row when (pg_trigger_depth() = 0) execute function append_only();
create trigger balance_by_transfer before update or delete on account
  for each row when (pg_trigger_depth() = 0) execute function append_only();
create trigger account_starts_empty before insert on account
  for each row when (coalesce(new.balance, 0) <> 0 or new.earned <> 0 or new.spent <> 0) execute function append_only();
