-- Accounts: sign-ins that end at once, links by mail, and mail that is delivered.

-- A sign-in: what a family of refresh tokens, its idTokens, or a browser's cookie hang on. When it ends, they all do.
create table sign_in (
  id text primary key,
  user_id text not null references app_user,
  -- When the password was given: no refresh moves it.
  signed_in_at timestamptz not null,
  ip text,
  -- What a rate limit counts for the address: an IPv6 customer has a whole /64.
  network text,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz
);
create index sign_in_user on sign_in (user_id, signed_in_at desc);

insert into sign_in (id, user_id, signed_in_at, last_seen_at, expires_at, ended_at)
select family, min(user_id), min(created_at), max(created_at), max(expires_at),
  case when bool_and(used_at is not null) then max(used_at) end
from session group by family;
alter table session add foreign key (family) references sign_in on delete cascade;

alter table app_user add email_verified_at timestamptz;

-- A link that a mail carries: whoever has it reads the account's mail. Kept as a hash, good for one use.
create table mail_link (
  token_hash bytea primary key,
  user_id text not null references app_user,
  purpose text not null check (purpose in ('verify_email', 'reset_password')),
  expires_at timestamptz not null,
  created_at timestamptz not null
);
create index mail_link_user on mail_link (user_id);

-- A mail that nobody took by then is given up: what it says is no longer of use.
alter table mail add good_until timestamptz not null default clock_now() + interval '3 days';
alter table mail add given_up_at timestamptz;
drop index mail_due;
create index mail_due on mail (next_at) where sent_at is null and given_up_at is null;

-- Their results have more columns now; requests.sql makes them anew.
drop function if exists enter(text, bytea, text, text, int, int);
drop function if exists hit_rate(text, int);
