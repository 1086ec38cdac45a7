import { ddl } from './ddl.ts'

/**
 * The state of a delivery was told by its times; UNCERTAIN and WITHDRAWN need a word of their own. A PIN or PUK has no
 * copy here: `secrets` holds the only one, and the issuance says which. `handed_at`: it went to the printer, and nobody
 * has noted yet what became of it.
 */
export const letters = ddl(
  `alter table deliveries
    drop constraint deliveries_kind_check,
    drop constraint deliveries_end,
    drop constraint deliveries_wiped,
    alter column message_id drop not null,
    add column channel text not null default 'EMAIL' check (channel in ('PRINT', 'EMAIL')),
    add column state text not null default 'WAITING'
      check (state in ('WAITING', 'DELIVERED', 'FAILED', 'UNCERTAIN', 'WITHDRAWN')),
    add column issuance_id uuid references issuances,
    add column copy integer not null default 1 check (copy >= 1),
    add column handed_at timestamptz`,
  `update deliveries set state = case
    when delivered_at is not null then 'DELIVERED'
    when last_error = 'WITHDRAWN' then 'WITHDRAWN'
    when failed_at is not null then 'FAILED'
    else 'WAITING' end`,
  `alter table deliveries
    add constraint deliveries_kind_check check (kind in ('initial-password', 'pin', 'puk')),
    add constraint deliveries_end check (
      (delivered_at is not null) = (state = 'DELIVERED')
      and (failed_at is not null) = (state in ('FAILED', 'UNCERTAIN', 'WITHDRAWN'))
    ),
    add constraint deliveries_wiped check ((sealed is not null) = (state = 'WAITING' and kind = 'initial-password')),
    add constraint deliveries_of_issuance check ((issuance_id is null) = (kind = 'initial-password')),
    add constraint deliveries_message check ((message_id is null) = (kind <> 'initial-password')),
    add constraint deliveries_handed check (handed_at is null or (channel = 'PRINT' and state = 'WAITING'))`,
  'create unique index deliveries_of_secret on deliveries (issuance_id, kind) where issuance_id is not null',
  `create index deliveries_waiting on deliveries (device_id, kind) where state = 'WAITING'`,
  `alter table issuances add column delivery jsonb not null default '{"pin":null,"puk":null}'
    check (jsonb_typeof(delivery) = 'object')`,
  `create table letter_settings (
    version integer primary key check (version >= 2),
    settings jsonb not null check (jsonb_typeof(settings) = 'object'),
    changed_at timestamptz not null,
    changed_by text not null,
    changed_by_id text not null
  )`,
  `create trigger letter_settings_never_change before update or delete on letter_settings
    for each row execute function refuse_change()`,
)
