-- API keys: found by their public prefix, limited in what they spend, shown with their last use.

alter table api_key
  -- In micro-$A9; null: no limit of the key's own.
  add max_per_task bigint check (max_per_task >= 0),
  add max_per_day bigint check (max_per_day >= 0),
  add confirm_above bigint check (confirm_above >= 0),
  add last_used_from text;
create index api_key_prefix on api_key (prefix);

-- Which key posted a task: what the daily cap of the key adds up. No row or index of its own, so that keys without a
-- cap pay nothing for it.
alter table task add key_id text;
create trigger key_by_posting before update of key_id on task for each row execute function append_only();

-- An Idempotency-Key is whatever a client sends, a secret by mistake included: only its hash is kept.
update idempotency set key = encode(sha256(convert_to(key, 'UTF8')), 'hex');

-- Their signatures change: written anew by functions.sql and requests.sql.
drop function if exists enter(bytea, text, text, int, int);
drop function if exists open_task(jsonb, text, text, text, text[], text, bytea, bytea, bytea);
