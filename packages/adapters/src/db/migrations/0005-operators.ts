import { ddl } from './ddl.ts'

/** Tokens are stored as hashes only: who reads the database cannot sign in with what is found there. */
export const operators = ddl(
  `create table sessions (
    id uuid primary key,
    token_hash bytea not null unique,
    user_id uuid not null references users on delete cascade,
    created_at timestamptz not null,
    last_seen_at timestamptz not null,
    expires_at timestamptz not null,
    check (created_at < expires_at)
  )`,
  'create index sessions_of_user on sessions (user_id)',
  'create index sessions_expired on sessions (expires_at)',
  `create table passwords (
    user_id uuid primary key references users on delete cascade,
    hash text not null check (hash <> ''),
    changed_at timestamptz not null
  )`,
  `create table passkeys (
    credential_id text primary key,
    user_id uuid not null references users on delete cascade,
    public_key bytea not null,
    sign_count bigint not null check (sign_count >= 0),
    transports jsonb not null,
    name text not null,
    created_at timestamptz not null,
    last_used_at timestamptz
  )`,
  'create index passkeys_of_user on passkeys (user_id)',
  `create table passkey_ceremonies (
    id uuid primary key,
    kind text not null check (kind in ('sign-in', 'register')),
    challenge text not null,
    user_id uuid references users on delete cascade,
    expires_at timestamptz not null
  )`,
  'create index passkey_ceremonies_expired on passkey_ceremonies (expires_at)',
  `create table invitations (
    id uuid primary key,
    token_hash bytea not null unique,
    user_id uuid not null references users on delete cascade,
    created_by text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz
  )`,
  'create index invitations_of_user on invitations (user_id)',
  `create table login_attempts (
    key text primary key,
    failures integer not null check (failures >= 0),
    last_failure_at timestamptz not null,
    locked_until timestamptz
  )`,
  `create table idempotency_keys (
    key text not null,
    operator_id uuid not null,
    route text not null,
    request_hash bytea not null,
    status text not null check (status in ('RUNNING', 'DONE')),
    http_status integer,
    answer jsonb,
    expires_at timestamptz not null,
    primary key (operator_id, route, key),
    check ((status = 'DONE') = (http_status is not null))
  )`,
  'create index idempotency_keys_expired on idempotency_keys (expires_at)',
)
