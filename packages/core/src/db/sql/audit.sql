-- The one writer of audit_entry. Replaced at every migration.

-- Writes an entry in the transaction of what it tells of. Whose account: the one given, else the actor's own; for
-- admins, clock and strangers that of the user or the task's agent that it was done to.
create or replace function audit(
  p_actor text, p_role text, p_via text, p_key_id text, p_ip text, p_channel text, p_tool text,
  p_object text, p_outcome text, p_account text, p_request bytea, p_params bytea
) returns void language plpgsql as $$
declare
  e audit_entry;
begin
  -- The transaction has its id before it draws a number: the sealer knows by it which numbers are still to come.
  perform pg_current_xact_id();
  e.n := nextval('audit_entry_n'); e.at := clock_now();
  e.actor := p_actor; e.role := p_role; e.via := p_via; e.key_id := p_key_id; e.ip := p_ip;
  e.channel := p_channel; e.tool := p_tool; e.object := p_object; e.outcome := p_outcome;
  e.request := p_request; e.params := p_params;
  e.account := coalesce(p_account, case
    when p_role in ('agent', 'human') then p_actor
    when p_object like 'user\_%' then p_object
    when p_object like 'task\_%' then (select agent_id from task where id = p_object)
    when p_object like 'appr\_%' then (select account from approval where id = p_object) end);
  e.hash := sha256('\x00'::bytea || convert_to(json_build_array(
    e.n::text, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), e.actor, e.role, e.via, e.key_id, e.ip,
    e.channel, e.tool, e.object, e.outcome, e.account, encode(e.request, 'hex'), encode(e.params, 'hex'))::text, 'UTF8'));
  insert into audit_entry select e.*;
end $$;
