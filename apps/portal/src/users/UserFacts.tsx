import type { User } from '@cardwright/contract'
import { languageName } from '../format/language.ts'
import { Copyable } from '../parts/Copyable.tsx'
import { type Fact, Facts } from '../parts/Facts.tsx'
import { t } from '../texts/t.ts'

/** What is known of a person; what is not set is left out, except what a certificate is likely to need. */
export const UserFacts = ({ user }: { readonly user: User }) => {
  const facts: Fact[] = [{ name: t('users.login'), value: user.loginName }]
  facts.push({
    name: t('users.email'),
    value: user.email ? <Copyable value={user.email} what={t('users.email')} mono={false} /> : t('common.notSet'),
  })
  facts.push({ name: t('user.upn'), value: user.upn ?? t('common.notSet') })
  if (user.department) facts.push({ name: t('user.department'), value: user.department })
  if (user.employeeNumber) facts.push({ name: t('user.employeeNumber'), value: user.employeeNumber })
  if (user.language) facts.push({ name: t('user.language'), value: languageName(user.language) })
  if (user.sid) facts.push({ name: t('user.sid'), value: <Copyable value={user.sid} what={t('user.sid')} /> })
  if (user.role) facts.push({ name: t('user.role'), value: user.role.name })
  return <Facts facts={facts} />
}
