import { SimpleGrid, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useMay } from '../api/session.ts'
import { administrationPages } from '../frame/pages.ts'
import { PageHeader } from '../parts/PageHeader.tsx'
import { t } from '../texts/t.ts'
import css from './Settings.module.css'

const texts = {
  '/admin/users': 'admin.operators.text',
  '/admin/roles': 'admin.roles.text',
  '/admin/groups': 'admin.groups.text',
  '/admin/policies': 'admin.policies.text',
  '/admin/layouts': 'admin.layouts.text',
  '/admin/settings': 'admin.settings.text',
  '/admin/lifecycle': 'admin.lifecycle.text',
  '/admin/user-portal': 'admin.userPortal.text',
  '/admin/security-questions': 'admin.securityQuestions.text',
  '/admin/directory': 'admin.directory.text',
  '/admin/mail': 'admin.mail.text',
  '/admin/printers': 'admin.printers.text',
  '/admin/option-scripts': 'admin.optionScripts.text',
  '/admin/letters': 'admin.letters.text',
  '/admin/authorities': 'admin.authorities.text',
  '/admin/audit': 'admin.audit.text',
} as const

/** The door to everything that is set once and applies to all. */
export const AdministrationPage = () => {
  const may = useMay()
  return (
    <>
      <PageHeader title={t('admin.title')} lead={t('admin.lead')} />
      <SimpleGrid cols={{ base: 1, sm: 2, xl: 3 }}>
        {administrationPages
          .filter(page => may(page.needs))
          .map(page => (
            <Link key={page.to} to={page.to} className={css.door}>
              <page.icon size={24} aria-hidden />
              <span>
                <Text fw={650} component="span" display="block">
                  {t(page.label)}
                </Text>
                <Text size="sm" c="dimmed" component="span">
                  {t(texts[page.to])}
                </Text>
              </span>
            </Link>
          ))}
      </SimpleGrid>
    </>
  )
}
