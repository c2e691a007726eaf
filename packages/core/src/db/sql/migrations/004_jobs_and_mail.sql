-- How the jobs are: one row each, written when a run ends. Shown on the admin page.
create table job_run (
  name text primary key,
  every_ms int not null,
  ok_at timestamptz,
  failed_at timestamptz,
  failure text,
  took_ms int not null,
  -- What the last run found: shown beside it.
  note text
);

-- Mail to be sent: enqueued in the transaction that caused it.
create table mail (
  id bigint generated always as identity primary key,
  recipient text not null,
  subject text not null,
  body text not null,
  attempts int not null default 0,
  next_at timestamptz not null,
  sent_at timestamptz,
  failure text,
  created_at timestamptz not null
);
create index mail_due on mail (next_at) where sent_at is null;
