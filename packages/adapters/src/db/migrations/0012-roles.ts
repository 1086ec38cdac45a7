import { ddl } from './ddl.ts'

/**
 * Predefined roles are rows for their names only: what they permit is the program's business and follows each release, so
 * nothing stored can widen or outlive it.
 */
export const roles = ddl(
  `create table roles (
    id text primary key check (id <> ''),
    version integer not null check (version >= 1),
    name text not null check (name <> ''),
    description text not null,
    predefined boolean not null,
    permissions jsonb check (jsonb_typeof(permissions) = 'array'),
    scope text not null check (scope in ('ALL', 'OWN_GROUPS')),
    constraint roles_predefined check (case when predefined then permissions is null and scope = 'ALL'
      else permissions is not null end)
  )`,
  'create unique index roles_name on roles (lower(name))',
  `insert into roles (id, version, name, description, predefined, scope) values
    ('ADMINISTRATOR', 1, 'Administrator', 'Everything, and who may do what', true, 'ALL'),
    ('SECURITY_OFFICER', 1, 'Security officer', 'Device policies, settings, the end of devices', true, 'ALL'),
    ('ISSUANCE_OFFICER', 1, 'Issuance officer', 'Everything on devices but ending them', true, 'ALL'),
    ('VALIDATION_OFFICER', 1, 'Validation officer', 'Approves and denies requests', true, 'ALL'),
    ('HELP_DESK', 1, 'Help desk', 'Everything on devices but issuing them', true, 'ALL'),
    ('AUDITOR', 1, 'Auditor', 'Sees everything, changes nothing', true, 'ALL')`,
  'alter table users drop constraint users_role_check',
  'alter table users add constraint users_role_fkey foreign key (role) references roles (id)',
)
