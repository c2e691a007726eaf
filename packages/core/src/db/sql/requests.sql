-- What comes before a tool: who sends the request, and whether its hour has room. Replaced at every migration.

-- Counts one request for a subject; answers how many the sliding hour holds, in how many seconds the oldest of them
-- leave it, and when it is full, the same as seconds to wait.
-- 61 minute buckets: the oldest, partly past, is still counted, so the cap is never exceeded.
create or replace function hit_rate(p_subject text, p_limit int, out used int, out retry_after int, out reset int)
language plpgsql as $$
declare
  now_s bigint := extract(epoch from clock_now())::bigint;
  m int := (now_s / 60)::int;
  r rate_limit;
  shift int;
  oldest int;
begin
  insert into rate_limit (subject, minute, counts) values (p_subject, m, '{}')
  on conflict (subject) do update set subject = excluded.subject returning * into r;
  shift := greatest(m - r.minute, 0);
  r.counts := case when shift > 60 then array[]::int[] else (array_fill(0, array[shift]) || r.counts)[1:61] end;
  select coalesce(sum(c), 0), max(i) filter (where c > 0) into used, oldest
  from unnest(r.counts) with ordinality as b(c, i);
  reset := (62 - coalesce(oldest, 1)) * 60 - (now_s % 60)::int;
  if used >= p_limit then
    retry_after := reset;
    return;
  end if;
  r.counts[1] := coalesce(r.counts[1], 0) + 1;
  used := used + 1;
  update rate_limit set minute = greatest(m, r.minute), counts = r.counts where subject = p_subject;
end $$;

-- Since when a session of this user is signed in; null when there is none, or it has ended.
create or replace function live_session(p_session text, p_user text) returns timestamptz language plpgsql as $$
declare
  s sign_in;
begin
  select * into s from sign_in
  where id = p_session and user_id = p_user and ended_at is null and expires_at > clock_now();
  if s.last_seen_at < clock_now() - interval '1 minute' then
    update sign_in set last_seen_at = clock_now()
    where id = (select id from sign_in where id = p_session for no key update skip locked);
  end if;
  return s.signed_in_at;
end $$;

-- What an app's access token stands for, at the resource that it was given for; nothing elsewhere.
create or replace function find_access(
  p_hash bytea, p_resource text,
  out grant_id text, out user_id text, out permissions text[], out dead text, out note_use boolean
) language plpgsql as $$
begin
  select g.id, g.user_id, t.permissions,
    case when g.ended_at is not null then 'revoked' when t.expires_at <= clock_now() then 'expired' end,
    coalesce(g.last_used_at < clock_now() - interval '1 minute', true)
  into grant_id, user_id, permissions, dead, note_use
  from oauth_token t join oauth_grant g on g.id = t.grant_id
  where t.hash = p_hash and t.kind = 'access' and g.resource = p_resource;
end $$;

-- A request comes in: who sends it (by key, by an app's access token, or by user and session), and is there room in
-- the hour of its address and key?
create or replace function enter(
  p_prefix text, p_key bytea, p_access bytea, p_resource text, p_user text, p_session text,
  p_ip text, p_ip_limit int, p_key_limit int,
  out user_id text, out role text, out display_name text, out suspended boolean, out signed_in_at timestamptz,
  out key_id text, out permissions text[], out allowed_ips text[], out dead text, out capped boolean,
  out confirm_above bigint, out note_use boolean,
  out ip_used int, out ip_wait int, out ip_reset int, out key_used int, out key_wait int, out key_reset int
) language plpgsql as $$
declare
  k api_key;
  a record;
begin
  user_id := p_user;
  select h.used, h.retry_after, h.reset into ip_used, ip_wait, ip_reset from hit_rate('ip:' || p_ip, p_ip_limit) h;
  if ip_wait is not null then return; end if;
  if p_key is not null then
    k := find_key(p_prefix, p_key);
    if k.id is null then return; end if;
    user_id := k.user_id; key_id := k.id; permissions := k.permissions; allowed_ips := k.allowed_ips;
    dead := case when k.revoked_at is not null then 'revoked' when k.expires_at <= clock_now() then 'expired' end;
    capped := k.max_per_task is not null or k.max_per_day is not null;
    confirm_above := k.confirm_above;
    note_use := coalesce(k.last_used_at < clock_now() - interval '1 minute', true);
    select h.used, h.retry_after, h.reset into key_used, key_wait, key_reset from hit_rate('key:' || k.id, p_key_limit) h;
  elsif p_access is not null then
    a := find_access(p_access, p_resource);
    if a.grant_id is null then return; end if;
    user_id := a.user_id; key_id := a.grant_id; permissions := a.permissions; dead := a.dead; note_use := a.note_use;
    select h.used, h.retry_after, h.reset into key_used, key_wait, key_reset
    from hit_rate('key:' || key_id, p_key_limit) h;
  elsif p_session is not null then
    signed_in_at := live_session(p_session, p_user);
    if signed_in_at is null then dead := 'ended'; end if;
  end if;
  allowed_ips := coalesce(allowed_ips, '{}'); permissions := coalesce(permissions, '{}');
  select u.id, u.role, u.display_name, u.suspended_at is not null into user_id, role, display_name, suspended
  from app_user u where u.id = user_id;
end $$;

-- The key with this secret. Hashes are compared under a salt of the moment, so that how long the comparison takes says
-- nothing of how much of a guess was right.
create or replace function find_key(p_prefix text, p_hash bytea) returns api_key language plpgsql as $$
declare
  salt bytea := uuid_send(gen_random_uuid());
  k api_key;
begin
  select * into k from api_key
  where prefix = p_prefix and sha256(salt || key_hash) = sha256(salt || p_hash);
  return k;
end $$;

-- A key's spending of a day: the budgets that it locked in the last 24 hours and that did not come back.
create or replace function day_spending(k api_key) returns bigint language plpgsql as $$
begin
  return (select coalesce(sum(t.budget), 0) from task t join lifecycle_status s on s.status = t.status
    where t.agent_id = k.user_id and t.created_at > clock_now() - interval '24 hours'
      and t.key_id = k.id and s.escrow <> 'refunded');
end $$;

-- Which cap of a key a budget would break, as the facts of SPENDING_CAP_EXCEEDED; null when none.
create or replace function broken_cap(k api_key, p_budget bigint) returns jsonb language plpgsql as $$
declare
  spent bigint;
  a9 constant numeric := 1000000;
begin
  if p_budget > k.max_per_task then
    return jsonb_build_object('cap', 'maxPerTask',
      'max', trim_scale(k.max_per_task / a9), 'budget', trim_scale(p_budget / a9));
  end if;
  if k.max_per_day is null then return null; end if;
  spent := day_spending(k);
  if spent + p_budget <= k.max_per_day then return null; end if;
  return jsonb_build_object('cap', 'maxPerDay',
    'max', trim_scale(k.max_per_day / a9), 'spent', trim_scale(spent / a9), 'budget', trim_scale(p_budget / a9));
end $$;

-- Holds a new task to its key's caps. The key's row is the lock: of two tasks at once the second counts the first.
create or replace function check_spending(t task) returns void language plpgsql as $$
declare
  k api_key;
  broken jsonb;
begin
  select * into k from api_key where id = t.key_id for no key update;
  broken := broken_cap(k, t.budget);
  if broken is not null then perform refuse('SPENDING_CAP_EXCEEDED', broken); end if;
end $$;
