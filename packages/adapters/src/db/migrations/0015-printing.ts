import { ddl } from './ddl.ts'

/**
 * The states are those of core/src/printing/print-job-states.ts. A layout is named as it was: it may be published anew
 * meanwhile. Pictures stand apart, so that reading a job does not read them, and are there only while a card shows them.
 */
export const printing = ddl(
  `create table printers (
    id uuid primary key,
    version integer not null check (version >= 1),
    name text not null,
    uri text not null check (uri ~ '^ipps?://[^ /?#@]+'),
    purpose text not null check (purpose in ('CARD', 'LETTER')),
    ca_certificates text not null
  )`,
  'create unique index printers_name on printers (lower(name))',
  `create table printer_groups (
    printer_id uuid not null references printers on delete cascade,
    group_id uuid not null references groups on delete cascade,
    primary key (printer_id, group_id)
  )`,
  'create index printer_groups_of_group on printer_groups (group_id)',
  `create table print_jobs (
    id uuid primary key,
    version integer not null check (version >= 1),
    device_id uuid not null references devices,
    serial text not null,
    user_id uuid not null references users,
    layout_id uuid not null,
    layout_version integer not null check (layout_version >= 1),
    layout_name text not null,
    printer_id text not null,
    printer_name text not null,
    state text not null check (state in ('QUEUED', 'PRINTING', 'PRINTED', 'FAILED', 'CANCELLED')),
    fault jsonb check (jsonb_typeof(fault) = 'object'),
    print integer not null check (print >= 1),
    cancelled_by jsonb check (jsonb_typeof(cancelled_by) = 'object'),
    lease_owner text,
    lease_until timestamptz,
    started_by jsonb not null check (jsonb_typeof(started_by) = 'object'),
    started_at timestamptz not null,
    ended_at timestamptz,
    constraint print_jobs_lease check (
      num_nonnulls(lease_owner, lease_until) = case when state in ('QUEUED', 'PRINTING') then 2 else 0 end
    ),
    constraint print_jobs_ended check ((ended_at is null) = (state in ('QUEUED', 'PRINTING'))),
    constraint print_jobs_fault check (state = 'PRINTING' or (fault is not null) = (state = 'FAILED')),
    constraint print_jobs_of_device unique (device_id, print)
  )`,
  `create unique index print_jobs_open_of_device on print_jobs (device_id) where state in ('QUEUED', 'PRINTING')`,
  `create index print_jobs_by_lease on print_jobs (lease_until) where state in ('QUEUED', 'PRINTING')`,
  'create index print_jobs_of_user on print_jobs (user_id)',
  `create table print_pictures (
    job_id uuid primary key references print_jobs,
    front bytea not null,
    back bytea
  )`,
)
