-- What is kept for a time only is found by its age: see jobs/retention.ts.

create index session_age on session (expires_at);
create index sign_in_age on sign_in ((coalesce(ended_at, expires_at)));
create index mail_age on mail (created_at);
create index mail_link_age on mail_link (expires_at);
create index file_waiting_age on file (created_at) where submission_id is null;
