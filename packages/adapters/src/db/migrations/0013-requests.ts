import { ddl } from './ddl.ts'

/**
 * The states are those of core/src/request/request-states.ts. Requests, devices and issuances name each other, so these
 * references are looked at when a transaction commits, in whatever order it wrote them.
 */
export const requests = ddl(
  `create table requests (
    id uuid primary key,
    version integer not null check (version >= 1),
    type text not null check (type in ('ISSUANCE', 'REPLACEMENT', 'PIN_UNLOCK', 'UPDATE', 'REISSUANCE', 'RECYCLE')),
    state text not null check (state in ('PENDING_APPROVAL', 'APPROVED', 'DENIED', 'CANCELLED', 'EXECUTING', 'COMPLETED',
      'FAILED', 'EXPIRED')),
    user_id uuid not null references users,
    device_id uuid references devices deferrable initially deferred,
    reason text check (reason in ('LOST', 'STOLEN', 'DAMAGED', 'EXPIRED', 'FORGOTTEN', 'RENEW')),
    kind text check (kind in ('PERMANENT', 'TEMPORARY')),
    workflow text check (workflow in ('HELP_DESK_LOCAL', 'HELP_DESK_SELF', 'HELP_DESK_REMOTE', 'USER_LOCAL', 'USER_SELF')),
    undo jsonb check (jsonb_typeof(undo) = 'object'),
    policy_id uuid references device_policies,
    new_device_id uuid references devices deferrable initially deferred,
    issuance_id uuid references issuances deferrable initially deferred,
    note text not null,
    requested_by jsonb not null check (jsonb_typeof(requested_by) = 'object'),
    requested_at timestamptz not null,
    decided_by jsonb check (jsonb_typeof(decided_by) = 'object'),
    decided_at timestamptz,
    decision_note text not null,
    changed_by jsonb not null check (jsonb_typeof(changed_by) = 'object'),
    changed_at timestamptz not null,
    expires_at timestamptz,
    ended_at timestamptz,
    constraint requests_replacement check (
      num_nonnulls(reason, kind, workflow, undo) = case when type = 'REPLACEMENT' then 4 else 0 end
    ),
    constraint requests_target check (
      case type when 'REPLACEMENT' then device_id is not null when 'ISSUANCE' then device_id is null else true end
    ),
    constraint requests_decided_whole check ((decided_by is null) = (decided_at is null)),
    constraint requests_decided check (
      case state when 'PENDING_APPROVAL' then decided_by is null when 'DENIED' then decided_by is not null else true end
    ),
    constraint requests_ended check (
      (ended_at is not null) = (state in ('DENIED', 'CANCELLED', 'EXPIRED', 'COMPLETED'))
    )
  )`,
  // one open replacement request per device.
  `create unique index requests_open_of_target on requests (device_id)
    where type = 'REPLACEMENT' and state in ('PENDING_APPROVAL', 'APPROVED', 'EXECUTING', 'FAILED')`,
  `create unique index requests_open_of_new_device on requests (new_device_id)
    where new_device_id is not null and state in ('PENDING_APPROVAL', 'APPROVED', 'EXECUTING', 'FAILED')`,
  'create index requests_by_state on requests (state, requested_at, id)',
  'create index requests_by_time on requests (requested_at, id)',
  'create index requests_of_user on requests (user_id, requested_at)',
  'create index requests_of_device on requests (device_id, requested_at) where device_id is not null',
  'create index requests_of_new_device on requests (new_device_id) where new_device_id is not null',
  `create index requests_due on requests (expires_at)
    where expires_at is not null and state in ('PENDING_APPROVAL', 'APPROVED')`,
  `create index requests_of_losses on requests (ended_at) where reason in ('LOST', 'STOLEN')`,

  `alter table devices
    add column temporary boolean not null default false,
    add column request_id uuid references requests deferrable initially deferred,
    add column invalid_by uuid references requests deferrable initially deferred,
    add constraint devices_invalid_by_state check (invalid_by is null or state = 'INVALID'),
    drop constraint devices_state,
    add constraint devices_state check (
      (state = 'AVAILABLE' and reason in ('NONE', 'RECYCLE'))
      or (state in ('ASSIGNED', 'IN_PRODUCTION', 'ISSUED') and reason = 'NONE')
      or (state = 'PRODUCED' and reason in ('ASSIGNED', 'FAILED'))
      or (state in ('INVALID', 'TERMINATED') and reason in ('NONE', 'UNASSIGNED', 'LOST', 'STOLEN', 'DAMAGED', 'EXPIRED'))
      or (state = 'INVALID' and reason in ('FORGOTTEN', 'RENEW'))
    )`,
  'create index devices_of_request on devices (request_id) where request_id is not null',
  'create index devices_invalid_by on devices (invalid_by) where invalid_by is not null',
  `create index devices_lost on devices (id) where state = 'TERMINATED' and reason in ('LOST', 'STOLEN')`,

  `create index credentials_unrevoked on credentials (device_id) where state <> 'REVOKED'`,

  `alter table issuances
    add column request_id uuid references requests deferrable initially deferred,
    add column replaces text check (replaces in ('LOST', 'STOLEN', 'DAMAGED', 'EXPIRED', 'FORGOTTEN', 'RENEW'))`,
  'create index issuances_of_request on issuances (request_id) where request_id is not null',

  `create index audit_of_request on audit ((details ->> 'request'), sequence) where details ? 'request'`,
  'create index outbox_of_subject on outbox (subject, id)',
  // For the age of a backlog. Those that wait already count from now.
  'alter table outbox add column created_at timestamptz not null default now()',

  `create table lifecycle_settings (
    version integer primary key check (version >= 2),
    settings jsonb not null check (jsonb_typeof(settings) = 'object'),
    changed_at timestamptz not null,
    changed_by text not null,
    changed_by_id text not null
  )`,
  `create trigger lifecycle_settings_never_change before update or delete on lifecycle_settings
    for each row execute function refuse_change()`,
)
