import { ddl } from './ddl.ts'

/**
 * Tokens, passwords and answers are stored as hashes only. An initial password is `ended` when its device leaves the state
 * ASSIGNED or a newer one takes its place; the row stays, so that a second use is known for what it is.
 */
export const userPortal = ddl(
  `create table user_portal_settings (
    version integer primary key check (version >= 2),
    settings jsonb not null check (jsonb_typeof(settings) = 'object'),
    changed_at timestamptz not null,
    changed_by text not null,
    changed_by_id text not null
  )`,
  `create trigger user_portal_settings_never_change before update or delete on user_portal_settings
    for each row execute function refuse_change()`,
  `create table security_questions (
    id uuid primary key,
    version integer not null check (version >= 1),
    text text not null check (text <> ''),
    retired boolean not null,
    created_at timestamptz not null
  )`,
  'create unique index security_questions_text on security_questions (lower(text))',
  `create table security_answers (
    user_id uuid not null references users on delete cascade,
    question_id uuid not null references security_questions,
    position integer not null check (position >= 0),
    hash text not null check (hash <> ''),
    set_at timestamptz not null,
    primary key (user_id, question_id),
    unique (user_id, position)
  )`,
  'create index security_answers_to on security_answers (question_id)',
  `create table security_answers_due (
    user_id uuid primary key references users on delete cascade,
    since timestamptz not null
  )`,
  `create table initial_passwords (
    id uuid primary key,
    user_id uuid not null references users on delete cascade,
    device_id uuid not null references devices,
    selector text not null check (selector <> ''),
    hash text not null check (hash <> ''),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    ended boolean not null default false
  )`,
  'create unique index initial_passwords_of_device on initial_passwords (device_id) where not ended',
  'create index initial_passwords_of_user on initial_passwords (user_id, selector)',
  `create table user_visits (
    id uuid primary key,
    token_hash bytea not null unique,
    user_id uuid references users on delete cascade,
    service text check (service in ('ISSUANCE', 'WITHOUT_DEVICE', 'DEVICE')),
    device_id uuid references devices,
    created_at timestamptz not null,
    last_seen_at timestamptz not null,
    expires_at timestamptz not null,
    check ((user_id is null) = (service is null)),
    check (user_id is not null or device_id is null)
  )`,
  'create index user_visits_of_user on user_visits (user_id) where user_id is not null',
  'create index user_visits_expired on user_visits (expires_at)',
  `create table login_tries (
    key text not null,
    method text not null check (method in ('INITIAL_PASSWORD', 'LDAP_PASSWORD', 'SECURITY_QUESTIONS')),
    tries integer not null check (tries >= 0),
    last_try_at timestamptz not null,
    locked_at timestamptz,
    primary key (key, method)
  )`,
  `create table source_tries (
    key text primary key,
    tries integer not null check (tries >= 0),
    since timestamptz not null
  )`,
)
