-- Events as readers see them. Replaced at every migration.

-- Gives every committed event its place. Whoever holds event_head goes first; the next one sees what it placed.
create or replace function place_events() returns void language plpgsql as $$
declare
  head bigint;
  placed int;
begin
  if not exists (select from event where pos is null) then return; end if;
  select last into head from event_head for update;
  update event set pos = head + fresh.i
  from (select n, row_number() over (order by n) as i from event where pos is null) fresh
  where event.n = fresh.n;
  get diagnostics placed = row_count;
  update event_head set last = head + placed;
end $$;
