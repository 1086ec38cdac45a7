import { ddl } from './ddl.ts'

/**
 * The password stands outside of the versions, which never change, so that a replaced one is gone. A delivery holds its
 * content only while it is under way (N-5). The kinds of the outbox are the program's business, not the database's.
 */
export const mail = ddl(
  `create table mail_settings (
    version integer primary key check (version >= 2),
    settings jsonb not null check (jsonb_typeof(settings) = 'object'),
    changed_at timestamptz not null,
    changed_by text not null,
    changed_by_id text not null
  )`,
  `create trigger mail_settings_never_change before update or delete on mail_settings
    for each row execute function refuse_change()`,
  `create table mail_password (
    single boolean primary key default true check (single),
    sealed bytea not null check (length(sealed) > 0)
  )`,
  `create table deliveries (
    id uuid primary key,
    user_id uuid not null references users,
    device_id uuid not null references devices,
    kind text not null check (kind in ('initial-password')),
    recipient text not null,
    message_id text not null unique,
    sealed bytea,
    created_at timestamptz not null,
    valid_until timestamptz not null,
    delivered_at timestamptz,
    failed_at timestamptz,
    attempts integer not null default 0 check (attempts >= 0),
    last_error text,
    constraint deliveries_end check (delivered_at is null or failed_at is null),
    constraint deliveries_wiped check ((sealed is null) = (delivered_at is not null or failed_at is not null))
  )`,
  'create index deliveries_of_device on deliveries (device_id, created_at)',
  'create index deliveries_of_user on deliveries (user_id, created_at)',
  'alter table outbox drop constraint if exists outbox_kind_check',
  `alter table outbox add constraint outbox_kind_check check (kind ~ '^[a-z]+\\.[a-z-]+$')`,
)
