import { ddl } from './ddl.ts'

/** A published layout never changes: a print names its version, and the card in somebody's hand looks like it. */
export const layouts = ddl(
  `create table card_layouts (
    id uuid primary key,
    newest_version integer not null check (newest_version >= 1)
  )`,
  `create table card_layout_versions (
    layout_id uuid not null references card_layouts,
    version integer not null check (version >= 1),
    content jsonb not null check (jsonb_typeof(content) = 'object'),
    published_at timestamptz not null,
    published_by text not null,
    published_by_id text not null,
    note text not null,
    retired boolean not null,
    primary key (layout_id, version)
  )`,
  `create trigger card_layout_versions_never_change before update or delete on card_layout_versions
    for each row execute function refuse_change()`,
  `create table layout_assignments (
    group_id uuid not null references groups on delete cascade,
    issuance_type text not null
      check (issuance_type in ('INITIAL', 'PERMANENT_REPLACEMENT', 'TEMPORARY_REPLACEMENT', 'UPDATE')),
    layout_id uuid not null references card_layouts,
    position integer not null,
    primary key (group_id, issuance_type, layout_id)
  )`,
  'create index layout_assignments_of_layout on layout_assignments (layout_id)',
  // Apart from users: a list of people does not read their pictures.
  `create table photos (
    user_id uuid primary key references users on delete cascade,
    picture bytea not null check (length(picture) between 1 and 500000),
    changed_at timestamptz not null
  )`,
  `alter table users add column language text check (language ~ '^[a-z]{2,3}$')`,
)
