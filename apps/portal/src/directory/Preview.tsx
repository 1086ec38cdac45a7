import { routes } from 'virtual:contract'
import type { DirectorySyncPreview } from '@cardwright/contract'
import { Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { read } from '../api/read.ts'
import { useMay } from '../api/session.ts'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { Notice } from '../parts/Notice.tsx'
import { Panel } from '../parts/Panel.tsx'
import settingsCss from '../settings/Settings.module.css'
import { t } from '../texts/t.ts'
import { Differences } from './Differences.tsx'
import css from './Directory.module.css'
import { PreviewSection } from './PreviewSection.tsx'

const userLink = (id: string, name: string) => (
  <AnchorLink to="/operator/users/$userId" params={{ userId: id }} size="sm" underline="always">
    {name}
  </AnchorLink>
)

/** What a sync would do now: the numbers, whether it would ask, then person by person. */
export const Preview = ({ preview }: { readonly preview: DirectorySyncPreview }) => {
  const { counts, guard, groups } = preview
  const may = useMay()
  const known = useQuery({ ...read(routes.listGroups, {}), enabled: may(routes.listGroups.access) })
  const groupNames = new Map(known.data?.rows.map(group => [group.id, group.name]))
  const percent = guard.of === 0 ? 0 : Math.round((100 * guard.disabling) / guard.of)
  const groupRows = [
    ...groups.create.map(group => ({ ...group, text: t('directory.groupCreate', { name: group.name }) })),
    ...groups.link.map(group => ({ ...group, text: t('directory.groupLink', { name: group.name }) })),
    ...groups.missing.map(group => ({ ...group, text: t('directory.groupMissing', { name: group.name }) })),
  ]
  return (
    <Panel title={t('directory.previewTitle')}>
      <Stack gap="md">
        <Text size="sm" c="dimmed" role="status">
          {t('directory.previewText')}
        </Text>
        <dl className={settingsCss.numbers}>
          {(['created', 'updated', 'disabled', 'unchanged', 'conflicts'] as const).map(name => (
            <div key={name}>
              <dt>{t(`directory.count.${name}`)}</dt>
              <dd>{counts[name].toLocaleString('en')}</dd>
            </div>
          ))}
        </dl>
        {guard.exceeded && (
          <Notice tone="warn" title={t('directory.guard', { disabling: guard.disabling, of: guard.of, percent })}>
            {t('directory.guardText')}
          </Notice>
        )}
        <PreviewSection title={t('directory.count.conflicts')} total={counts.conflicts} open>
          {preview.conflicts.map(conflict => (
            <li key={`${conflict.dn} ${conflict.why}`}>
              {conflict.loginName ?? t('directory.noLoginName')}: {t(`directory.conflict.${conflict.why}`)}
              <span className={css.dn}>{conflict.dn}</span>
            </li>
          ))}
        </PreviewSection>
        <PreviewSection title={t('directory.count.disabled')} total={counts.disabled} open={guard.exceeded}>
          {preview.disable.map(user => (
            <li key={user.id}>
              {userLink(user.id, user.displayName)} · {user.loginName}: {t(`directory.why.${user.why}`)}
            </li>
          ))}
        </PreviewSection>
        <PreviewSection title={t('directory.count.created')} total={counts.created}>
          {preview.create.map(user => (
            <li key={user.dn}>
              {[user.displayName, user.loginName, user.email, user.department].filter(Boolean).join(' · ')}
              <span className={css.dn}>{user.dn}</span>
            </li>
          ))}
        </PreviewSection>
        <PreviewSection title={t('directory.count.updated')} total={counts.updated}>
          {preview.update.map(user => (
            <li key={user.id}>
              {userLink(user.id, user.displayName)} · {user.loginName}
              <Differences differences={user.differences} groupNames={groupNames} />
            </li>
          ))}
        </PreviewSection>
        <PreviewSection title={t('directory.groups')} total={groupRows.length}>
          {groupRows.map(group => (
            <li key={group.directoryGroup}>
              {group.text}
              <span className={css.dn}>{group.directoryGroup}</span>
            </li>
          ))}
        </PreviewSection>
        <PreviewSection title={t('directory.leftOut')} total={preview.leftOut.length}>
          {preview.leftOut.map(value => (
            <li key={`${value.dn} ${value.field}`}>
              {t('directory.leftOutRow', {
                login: value.loginName,
                field: t(`directory.field.${value.field}` as 'directory.field.email'),
              })}
              <span className={css.dn}>{value.dn}</span>
            </li>
          ))}
        </PreviewSection>
      </Stack>
    </Panel>
  )
}
