-- What comes before a tool: who sends the request, and whether its hour has room. Replaced at every migration.

-- Counts one request for a subject; answers how many the sliding hour holds and, when it is full, seconds to wait.
-- 61 minute buckets: the oldest, partly past, is still counted, so the cap is never exceeded.
create or replace function hit_rate(p_subject text, p_limit int, out used int, out retry_after int)
language plpgsql as $$
declare
  now_s bigint := extract(epoch from clock_now())::bigint;
  m int := (now_s / 60)::int;
  r rate_limit;
  shift int;
begin
  insert into rate_limit (subject, minute, counts) values (p_subject, m, '{}')
  on conflict (subject) do update set subject = excluded.subject returning * into r;
  shift := greatest(m - r.minute, 0);
  r.counts := case when shift > 60 then array[]::int[] else (array_fill(0, array[shift]) || r.counts)[1:61] end;
  select coalesce(sum(c), 0) into used from unnest(r.counts) c;
  if used >= p_limit then
    select (61 - max(i)) * 60 + 60 - (now_s % 60)::int into retry_after
    from unnest(r.counts) with ordinality as b(c, i) where c > 0;
    retry_after := coalesce(retry_after, 60);
    return;
  end if;
  r.counts[1] := coalesce(r.counts[1], 0) + 1;
  used := used + 1;
  update rate_limit set minute = greatest(m, r.minute), counts = r.counts where subject = p_subject;
end $$;

-- A request comes in: who sends it (by key or by user), and is there room in the hour of its address and key?
create or replace function enter(
  p_key bytea, p_user text, p_ip text, p_ip_limit int, p_key_limit int,
  out user_id text, out role text, out display_name text, out suspended boolean,
  out key_id text, out permissions text[], out allowed_ips text[], out dead text,
  out ip_used int, out ip_wait int, out key_used int, out key_wait int
) language plpgsql as $$
declare
  k api_key;
begin
  select h.used, h.retry_after into ip_used, ip_wait from hit_rate('ip:' || p_ip, p_ip_limit) h;
  if ip_wait is not null then return; end if;
  if p_key is not null then
    select * into k from api_key where key_hash = p_key;
    if not found then return; end if;
    key_id := k.id; permissions := k.permissions; allowed_ips := k.allowed_ips;
    dead := case when k.revoked_at is not null then 'revoked' when k.expires_at <= clock_now() then 'expired' end;
    select h.used, h.retry_after into key_used, key_wait from hit_rate('key:' || k.id, p_key_limit) h;
    if dead is null and (k.last_used_at is null or k.last_used_at < clock_now() - interval '1 minute') then
      update api_key set last_used_at = clock_now() where id = k.id;
    end if;
  end if;
  allowed_ips := coalesce(allowed_ips, '{}'); permissions := coalesce(permissions, '{}');
  select u.id, u.role, u.display_name, u.suspended_at is not null into user_id, role, display_name, suspended
  from app_user u where u.id = coalesce(k.user_id, p_user);
end $$;
