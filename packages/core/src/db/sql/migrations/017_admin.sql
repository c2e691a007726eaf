-- What admins do to accounts, what users report, and what the health job last found.

create index app_user_newest on app_user (created_at desc, id desc);
-- Few rows: whose listings are hidden from everybody else.
create index app_user_suspended on app_user (id) where suspended_at is not null;

-- Why an account was suspended or restored, by whom: history, so it is only ever added to.
create table admin_action (
  id text primary key,
  user_id text not null references app_user,
  admin_id text not null references app_user,
  action text not null check (action in ('suspend', 'restore')),
  reason text not null,
  at timestamptz not null,
  check (user_id <> admin_id)
);
create index admin_action_by_user on admin_action (user_id, at desc, id desc);
create trigger append_only before update or delete on admin_action for each row execute function append_only();
create trigger no_truncate before truncate on admin_action execute function append_only();

create table report (
  id text primary key,
  reporter_id text not null references app_user,
  object_type text not null check (object_type in ('task', 'message', 'submission', 'user')),
  object_id text not null,
  -- Where it is, if on a task, and whose doing it is.
  task_id text references task,
  subject_id text not null references app_user,
  category text not null,
  reason text not null,
  outcome text check (outcome in ('dismissed', 'acted')),
  note text,
  resolved_by text references app_user,
  resolved_at timestamptz,
  created_at timestamptz not null,
  check (reporter_id <> subject_id),
  check (num_nulls(outcome, note, resolved_by, resolved_at) in (0, 4))
);
create unique index report_one_open on report (reporter_id, object_type, object_id) where resolved_at is null;
create index report_open on report (created_at, id) where resolved_at is null;
create index report_closed on report (resolved_at desc, id desc) where resolved_at is not null;
create index report_by_subject on report (subject_id, created_at desc);

-- What the health job last counted: the admin page shows this instead of adding up all books at each view.
create table health_count (
  kind text not null check (kind in ('invariant', 'money')),
  name text not null,
  value bigint not null,
  at timestamptz not null,
  primary key (kind, name)
);
