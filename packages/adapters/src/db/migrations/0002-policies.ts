import { ddl } from './ddl.ts'

/** A published version never changes: devices, audit records and a retry years later refer to it. */
export const policies = ddl(
  `create function refuse_change() returns trigger language plpgsql as $$
  begin
    raise exception '% on % is not allowed: its rows never change', tg_op, tg_table_name using errcode = '42501';
  end $$`,
  `create table device_policies (
    id uuid primary key,
    newest_version integer not null check (newest_version >= 1)
  )`,
  `create table device_policy_versions (
    policy_id uuid not null references device_policies,
    version integer not null check (version >= 1),
    content jsonb not null check (jsonb_typeof(content) = 'object'),
    published_at timestamptz not null,
    published_by text not null,
    published_by_id text not null,
    note text not null,
    retired boolean not null,
    primary key (policy_id, version)
  )`,
  `create trigger device_policy_versions_never_change before update or delete on device_policy_versions
    for each row execute function refuse_change()`,
  `create table assignments (
    group_id uuid not null references groups on delete cascade,
    issuance_type text not null
      check (issuance_type in ('INITIAL', 'PERMANENT_REPLACEMENT', 'TEMPORARY_REPLACEMENT', 'UPDATE')),
    policy_id uuid not null references device_policies,
    position integer not null,
    primary key (group_id, issuance_type, policy_id)
  )`,
  'create index assignments_of_policy on assignments (policy_id)',
  `create table security_settings (
    version integer primary key check (version >= 2),
    settings jsonb not null check (jsonb_typeof(settings) = 'object'),
    changed_at timestamptz not null,
    changed_by text not null,
    changed_by_id text not null
  )`,
  `create trigger security_settings_never_change before update or delete on security_settings
    for each row execute function refuse_change()`,
  `create table installation (
    key text primary key,
    value jsonb not null
  )`,
)
