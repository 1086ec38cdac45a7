import { ddl } from './ddl.ts'

/**
 * Where a user or a group comes from stands beside it, so that nothing else need know of directories. The bind password
 * stands outside of the versions, which never change, so that a replaced one is gone.
 */
export const directory = ddl(
  `create table directory_settings (
    version integer primary key check (version >= 2),
    settings jsonb check (jsonb_typeof(settings) = 'object'),
    changed_at timestamptz not null,
    changed_by text not null,
    changed_by_id text not null
  )`,
  `create trigger directory_settings_never_change before update or delete on directory_settings
    for each row execute function refuse_change()`,
  `create table directory_password (
    single boolean primary key default true check (single),
    sealed bytea not null check (length(sealed) > 0)
  )`,
  // disabled_version = the user's version after a sync disabled it: whoever changes the user since makes it their own.
  `create table directory_users (
    user_id uuid primary key references users on delete cascade,
    directory_id text not null check (directory_id <> ''),
    dn text not null,
    disabled_version integer,
    constraint directory_users_directory_id unique (directory_id)
  )`,
  `create table directory_groups (
    group_id uuid primary key references groups on delete cascade,
    directory_id text not null check (directory_id <> ''),
    constraint directory_groups_directory_id unique (directory_id)
  )`,
  `create table directory_runs (
    id uuid primary key,
    started_at timestamptz not null,
    ended_at timestamptz,
    started_by text not null,
    started_by_id text not null,
    scheduled boolean not null,
    outcome text not null check (outcome in ('RUNNING', 'DONE', 'CONFIRMATION_NEEDED', 'FAILED')),
    error text,
    counts jsonb,
    check ((outcome = 'RUNNING') = (ended_at is null)),
    check ((outcome = 'FAILED') = (error is not null))
  )`,
  'create index directory_runs_by_start on directory_runs (started_at, id)',
)
