-- Who did what, from where, through which door: a row per write, sign-in, key and admin action. See docs/audit.md.
create table audit_entry (
  n bigint primary key,
  at timestamptz not null,
  actor text not null,
  role text not null,
  via text not null,
  key_id text,
  ip text,
  -- Which door: http, mcp, rest, browser, clock, job.
  channel text not null,
  tool text not null,
  -- The id of what it was done to; for a failed sign-in a keyed hash of the address that was tried.
  object text,
  -- 'ok', or the code of the refusal.
  outcome text not null,
  -- The user whose account it concerns.
  account text,
  -- SHA-256 of the idempotency key, and of the parameters without secrets.
  request bytea,
  params bytea,
  -- SHA-256 over all of the above: `audit` in audit.sql writes it, audit/hash.ts computes it again.
  hash bytea not null
);
create sequence audit_entry_n owned by audit_entry.n;
create index audit_by_account on audit_entry (account, n desc) where account is not null;
create index audit_by_object on audit_entry (object, n desc) where object is not null;
create index audit_by_admin on audit_entry (actor, n desc) where role = 'admin';
create index audit_by_time on audit_entry using brin (at) with (autosummarize = on);

-- Each seal signs the Merkle root of the entries first..last and the hash of the seal before.
create table audit_seal (
  n bigint primary key,
  first bigint not null,
  last bigint not null,
  entries int not null,
  root bytea not null,
  previous bytea not null,
  at timestamptz not null,
  key_id text not null,
  signature bytea not null,
  check (first <= last and entries > 0)
);

create trigger append_only before update or delete on audit_entry for each row execute function append_only();
create trigger no_truncate before truncate on audit_entry execute function append_only();
create trigger append_only before update or delete on audit_seal for each row execute function append_only();
create trigger no_truncate before truncate on audit_seal execute function append_only();
