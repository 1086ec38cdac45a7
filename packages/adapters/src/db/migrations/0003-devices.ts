import { ddl } from './ddl.ts'

/** The states are those of core/src/device/device-states.ts; a row that no transition could make is refused. */
export const devices = ddl(
  `create table devices (
    id uuid primary key,
    version integer not null check (version >= 1),
    identity text not null unique check (identity <> ''),
    serial text not null,
    model text not null,
    form text not null check (form in ('card', 'key', 'phone')),
    virtual boolean not null,
    state text not null,
    reason text not null,
    suspended boolean not null,
    user_id uuid references users,
    policy_id uuid,
    policy_version integer,
    card_uuid uuid,
    administration_key jsonb,
    pending_administration_key jsonb,
    key_version integer not null check (key_version >= 0),
    issued_at timestamptz,
    expires_at timestamptz,
    search text not null generated always as (lower(' ' || serial || ' ' || model)) stored,
    constraint devices_policy foreign key (policy_id, policy_version) references device_policy_versions (policy_id, version),
    constraint devices_policy_whole check ((policy_id is null) = (policy_version is null)),
    constraint devices_state check (
      (state = 'AVAILABLE' and reason in ('NONE', 'RECYCLE'))
      or (state in ('ASSIGNED', 'IN_PRODUCTION', 'ISSUED') and reason = 'NONE')
      or (state = 'PRODUCED' and reason in ('ASSIGNED', 'FAILED'))
      or (state in ('INVALID', 'TERMINATED') and reason in ('NONE', 'UNASSIGNED', 'LOST', 'STOLEN', 'DAMAGED', 'EXPIRED'))
    ),
    constraint devices_user check (
      case when state = 'AVAILABLE' then user_id is null
           when state in ('ASSIGNED', 'ISSUED') then user_id is not null
           else true end
    )
  )`,
  'create index devices_by_serial on devices (serial, id)',
  'create index devices_by_state on devices (state, id)',
  `create index devices_by_issue on devices (coalesce(issued_at, '-infinity'), id)`,
  'create index devices_of_user on devices (user_id) where user_id is not null',
  'create index devices_expiring on devices (expires_at) where expires_at is not null',
  'create index devices_of_policy on devices (policy_id) where policy_id is not null',
  'create index devices_search on devices using gin (search gin_trgm_ops)',
  `create table issuances (
    id uuid primary key,
    version integer not null check (version >= 1),
    kind text not null check (kind in ('ISSUE', 'PRODUCE', 'RECYCLE')),
    type text not null check (type in ('INITIAL', 'PERMANENT_REPLACEMENT', 'TEMPORARY_REPLACEMENT', 'UPDATE')),
    state text not null check (state in ('RUNNING', 'WAITING_FOR_PIN', 'COMPLETED', 'FAILED', 'CANCELLED')),
    attempt integer not null check (attempt >= 0),
    user_id uuid references users,
    device_id uuid not null references devices,
    serial text not null,
    reader_id text not null,
    reader_name text not null,
    policy_id uuid,
    policy_version integer,
    pin_mode text not null check (pin_mode in ('DISPLAYED', 'DISGUISED', 'NOT_DISPLAYED')),
    change_pin boolean not null,
    card_uuid uuid not null,
    credential_number bigint not null,
    expires_at timestamptz not null,
    card_touched boolean not null,
    keys jsonb not null,
    intents jsonb not null,
    puk_tries integer not null check (puk_tries >= 0),
    steps jsonb not null,
    notes jsonb not null,
    error jsonb,
    lease_owner text,
    lease_until timestamptz,
    round_trips integer not null check (round_trips >= 0),
    started_by jsonb not null,
    started_at timestamptz not null,
    ended_at timestamptz,
    constraint issuances_policy foreign key (policy_id, policy_version) references device_policy_versions (policy_id, version),
    constraint issuances_policy_whole check ((policy_id is null) = (policy_version is null)),
    constraint issuances_lease_whole check ((lease_owner is null) = (lease_until is null))
  )`,
  `create unique index issuances_open on issuances (device_id)
    where state in ('RUNNING', 'WAITING_FOR_PIN', 'FAILED')`,
  `create index issuances_leased on issuances (lease_until) where state = 'RUNNING'`,
  'create index issuances_of_device on issuances (device_id, started_at)',
  'create index issuances_of_user on issuances (user_id, started_at) where user_id is not null',
  `create table credentials (
    id uuid primary key,
    version integer not null check (version >= 1),
    device_id uuid not null references devices,
    issuance_id uuid not null references issuances,
    slot text not null check (slot ~ '^[0-9A-F]{2}$'),
    profile text not null,
    algorithm text not null,
    state text not null check (state in ('ISSUED', 'ON_HOLD', 'REVOKED')),
    revocation_reason text check (revocation_reason in
      ('keyCompromise', 'superseded', 'cessationOfOperation', 'certificateHold', 'unspecified')),
    authority_id text not null,
    serial_number text not null check (serial_number ~ '^[0-9A-F]+$'),
    subject text not null,
    issuer text not null,
    not_before timestamptz not null,
    not_after timestamptz not null,
    certificate bytea not null,
    public_key_spki bytea not null,
    constraint credentials_serial_number unique (authority_id, serial_number),
    constraint credentials_validity check (not_before < not_after),
    constraint credentials_reason check ((state = 'ISSUED') = (revocation_reason is null))
  )`,
  'create index credentials_of_device on credentials (device_id)',
  'create index credentials_of_issuance on credentials (issuance_id)',
  `create index credentials_expiring on credentials (not_after) where state <> 'REVOKED'`,
  `create table secrets (
    device_id uuid not null references devices,
    kind text not null check (kind in ('PIN', 'PUK')),
    stage text not null check (stage in ('PENDING', 'CURRENT')),
    issuance_id uuid not null references issuances,
    sealed bytea not null check (length(sealed) > 0),
    primary key (device_id, kind, stage)
  )`,
  `create table outbox (
    id bigint generated always as identity primary key,
    kind text not null check (kind in ('certificate.change-status', 'certificate.abandon')),
    subject text not null,
    message jsonb not null,
    attempts integer not null default 0,
    not_before timestamptz,
    last_error text,
    done_at timestamptz
  )`,
  'create index outbox_waiting on outbox (subject, id) where done_at is null',
  'create index outbox_next on outbox (id) where done_at is null',
)
