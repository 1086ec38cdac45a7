import { ddl } from './ddl.ts'

/**
 * `search` holds every word that a person may be looked up by, each with a space in front, so that one trigram index serves
 * both "contains" (three letters and more) and "a word begins with" (one or two letters).
 */
export const people = ddl(
  'create extension if not exists pg_trgm',
  `create table users (
    id uuid primary key,
    version integer not null check (version >= 1),
    login_name text not null check (login_name <> ''),
    display_name text not null check (display_name <> ''),
    given_name text,
    family_name text,
    email text,
    upn text,
    sid text,
    employee_number text,
    department text,
    status text not null check (status in ('ACTIVE', 'DISABLED')),
    role text check (role in ('ADMINISTRATOR', 'SECURITY_OFFICER', 'ISSUANCE_OFFICER', 'VALIDATION_OFFICER',
      'HELP_DESK', 'AUDITOR')),
    cardholder_uuid uuid not null unique,
    created_at timestamptz not null,
    sort_name text not null generated always as (lower(display_name)) stored,
    search text not null generated always as (lower(' ' || display_name || ' ' || login_name || ' ' ||
      coalesce(email, '') || ' ' || coalesce(upn, '') || ' ' || coalesce(employee_number, '') || ' ' ||
      coalesce(department, ''))) stored
  )`,
  'create unique index users_login_name on users (lower(login_name))',
  'create unique index users_upn on users (lower(upn)) where upn is not null',
  'create index users_by_name on users (sort_name, id)',
  'create index users_by_creation on users (created_at, id)',
  'create index users_by_role on users (role) where role is not null',
  'create index users_search on users using gin (search gin_trgm_ops)',
  `create table groups (
    id uuid primary key,
    version integer not null check (version >= 1),
    name text not null check (name <> ''),
    description text not null
  )`,
  'create unique index groups_name on groups (lower(name))',
  `create table memberships (
    user_id uuid not null references users on delete cascade,
    group_id uuid not null references groups on delete cascade,
    primary key (user_id, group_id)
  )`,
  'create index memberships_of_group on memberships (group_id)',
)
