-- Each of these views must be empty, always: tests and the admin page read the same ones.

drop view if exists invariant, invariant_balances, invariant_totals, invariant_held, invariant_heads, invariant_settlements, invariant_directions, invariant_applications, invariant_questions, invariant_seals;

create view invariant_balances as
  -- A cached balance differs from the sum of its account's transfers.
  select a.id, a.balance as cached, coalesce(i.total, 0) - coalesce(o.total, 0) as summed
  from account a
  left join (select to_account, sum(amount) as total from transfer group by 1) i on i.to_account = a.id
  left join (select from_account, sum(amount) as total from transfer group by 1) o on o.from_account = a.id
  where a.balance is not null and a.balance <> coalesce(i.total, 0) - coalesce(o.total, 0);

create view invariant_totals as
  -- What an account is said to have earned or spent differs from its transfers.
  select a.id, a.earned, a.spent
  from account a
  left join (select to_account, sum(amount) as total from transfer where kind = 'escrow_release' group by 1) i
    on i.to_account = a.id
  left join (select from_account, sum(amount) as total from transfer
    where kind in ('escrow_release', 'platform_fee') group by 1) o on o.from_account = a.id
  where a.balance is not null and (a.earned <> coalesce(i.total, 0) or a.spent <> coalesce(o.total, 0));

create view invariant_held as
  -- An agent's held balance differs from the budgets of its tasks whose escrow is held.
  select a.id, a.balance as held, coalesce(t.total, 0) as tasks
  from account a
  left join (select agent_id, sum(budget) as total from task join lifecycle_status using (status)
    where escrow = 'held' group by 1) t on t.agent_id = a.owner
  where a.kind = 'held' and a.balance <> coalesce(t.total, 0);

create view invariant_heads as
  -- A task's head is not its last event.
  select t.id, t.seq, t.status, e.seq as last_seq, e.to_status
  from task t left join lateral (
    select seq, to_status, clock_at from task_event where task_id = t.id order by seq desc limit 1) e on true
  where (t.seq, t.status) is distinct from (e.seq, e.to_status) or t.clock_at is distinct from e.clock_at;

create view invariant_settlements as
  -- A task's transfers are not those of its status: locked once, then released with its fee, or refunded, in full.
  select t.id, t.status, t.budget, s.escrow, x.*
  from task t join lifecycle_status s using (status)
  left join lateral (
    select coalesce(sum(amount) filter (where kind = 'escrow_lock'), 0) as locked,
           coalesce(sum(amount) filter (where kind = 'escrow_release'), 0) as released,
           coalesce(sum(amount) filter (where kind = 'platform_fee'), 0) as fee,
           coalesce(sum(amount) filter (where kind = 'escrow_refund'), 0) as refunded
    from transfer where task_id = t.id) x on true
  where x.locked <> t.budget
     or (s.escrow = 'held' and (x.released <> 0 or x.fee <> 0 or x.refunded <> 0))
     or (s.escrow = 'released' and (x.released <> t.budget - t.fee or x.fee <> t.fee or x.refunded <> 0))
     or (s.escrow = 'refunded' and (x.refunded <> t.budget or x.released <> 0 or x.fee <> 0));

create view invariant_directions as
  -- A transfer runs between the wrong kinds of account, belongs to no event, or pays someone who is not of the task.
  select x.id, x.kind, x.from_account, x.to_account
  from transfer x
  left join account f on f.id = x.from_account left join account g on g.id = x.to_account
  left join transfer_kind k on k.kind = x.kind and k.from_kind = f.kind::text and k.to_kind = g.kind::text
  left join task t on t.id = x.task_id
  left join task_event e on e.task_id = x.task_id and e.seq = x.seq
  where k.kind is null
     or (x.task_id is not null and e.task_id is null)
     or (x.task_id is not null and t.agent_id <> f.owner)
     or (x.kind = 'escrow_release' and t.human_id is distinct from g.owner)
     or (x.kind in ('escrow_lock', 'escrow_refund') and f.owner <> g.owner);

create view invariant_applications as
  -- The accepted application is not the assigned human's, or the applicants are miscounted. Questions have none.
  select t.id, t.status, t.human_id, a.accepted, t.applicant_count, a.applicants
  from task t left join lateral (
    select max(human_id) filter (where status = 'accepted') as accepted,
           count(*) filter (where status <> 'withdrawn') as applicants
    from application where task_id = t.id) a on true
  where case when t.question_id is null then t.human_id is distinct from a.accepted else a.applicants > 0 end
     or (t.human_id is null and t.status in ('assigned', 'submitted', 'rejected_by_agent', 'disputed', 'completed'))
     or t.applicant_count <> a.applicants;

create view invariant_questions as
  -- A question's places are not as many as it was posted with, or not on its terms; or an answer is of no question.
  select q.id, q.people, p.places, p.strange
  from question q cross join lateral (
    select count(*) as places, count(*) filter (where t.agent_id <> q.agent_id or t.budget <> q.reward
      or t.deadline <> q.expires_at) as strange
    from task t where t.question_id = q.id) p
  where p.places <> q.people or p.strange > 0
  union all
  select t.id, null, null, null from submission s join task t on t.id = s.task_id
  where (s.answer is null) <> (t.question_id is null);

create view invariant_seals as
  -- One of the newest thousand seals does not follow on from the one before, or entries that it covers are gone or new.
  select s.n, s.entries, e.entries as found
  from (select *, lag(last) over (order by n) as before
    from (select * from audit_seal order by n desc limit 1000) newest) s
  cross join lateral (select count(*) as entries from audit_entry where n between s.first and s.last) e
  where s.entries <> e.entries or s.first <> s.before + 1;

create view invariant as
  select 'balances' as name, count(*)::int as rows from invariant_balances
  union all select 'totals', count(*)::int from invariant_totals
  union all select 'held', count(*)::int from invariant_held
  union all select 'heads', count(*)::int from invariant_heads
  union all select 'settlements', count(*)::int from invariant_settlements
  union all select 'directions', count(*)::int from invariant_directions
  union all select 'applications', count(*)::int from invariant_applications
  union all select 'questions', count(*)::int from invariant_questions
  union all select 'seals', count(*)::int from invariant_seals;
