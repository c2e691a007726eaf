-- OAuth: apps that a person lets act for an account, without a key being pasted anywhere.

-- An app that registered itself. Apps whose id is the address of their own description need no row.
create table oauth_client (
  id text primary key,
  name text not null,
  redirect_uris text[] not null,
  created_at timestamptz not null,
  last_used_at timestamptz not null
);
create index oauth_client_age on oauth_client (last_used_at);

-- What an app asks for, until somebody answers.
create table oauth_request (
  id text primary key,
  -- Hash of a cookie of the browser that it was begun in: in no other can it be answered.
  browser bytea not null,
  client_id text not null,
  client_name text not null,
  redirect_uri text not null,
  state text,
  permissions text[] not null,
  resource text not null,
  -- Of PKCE, S256.
  challenge text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  answered_at timestamptz
);
create index oauth_request_age on oauth_request (expires_at);

-- A yes: all tokens that come of it hang on it, and end with it.
create table oauth_grant (
  id text primary key,
  user_id text not null references app_user,
  client_id text not null,
  client_name text not null,
  -- Where its tokens are good: the audience.
  resource text not null,
  permissions text[] not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  last_used_from text,
  ended_at timestamptz
);
create index oauth_grant_user on oauth_grant (user_id, created_at desc);
create index oauth_grant_age on oauth_grant (coalesce(last_used_at, created_at));

create table oauth_token (
  hash bytea primary key,
  grant_id text not null references oauth_grant on delete cascade,
  kind text not null check (kind in ('code', 'access', 'refresh')),
  permissions text[] not null,
  -- Of a code: what has to be shown with it.
  redirect_uri text,
  challenge text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  -- A code and a refresh token are good once; what is used again was copied.
  used_at timestamptz,
  check ((kind = 'code') = (redirect_uri is not null and challenge is not null))
);
create index oauth_token_grant on oauth_token (grant_id);
create index oauth_token_age on oauth_token (expires_at);

-- It takes access tokens too: written anew by requests.sql.
drop function if exists enter(text, bytea, text, text, text, int, int);
