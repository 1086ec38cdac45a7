import { Stack, Text } from '@mantine/core'
import { Notice } from '../parts/Notice.tsx'
import { Tag } from '../parts/Tag.tsx'
import { t } from '../texts/t.ts'
import type { ReasonOption } from './incident.ts'
import css from './Replacement.module.css'

/** Which policies the new device may get, told before the request is made. */
export const FittingPolicies = ({ policies }: { readonly policies: ReasonOption['policies'] }) => {
  const sorted = [...policies].sort((a, b) => Number(b.fits) - Number(a.fits) || a.name.localeCompare(b.name))
  return (
    <section aria-label={t('incident.policies')}>
      <Stack gap="xs">
        <Text fw={650} size="sm">
          {t('incident.policies')}
        </Text>
        {!sorted.some(policy => policy.fits) && (
          <Notice tone="warn" role="status" title={t('incident.policies.none')}>
            {t('incident.policies.noneText')}
          </Notice>
        )}
        {sorted.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('incident.policies.empty')}
          </Text>
        )}
        {sorted.length > 0 && (
          <ul className={css.policies}>
            {sorted.map(policy => (
              <li key={policy.id}>
                <span>{policy.name}</span>
                <Tag tone={policy.fits ? 'ok' : 'warn'}>{t(policy.fits ? 'incident.fits' : 'incident.unfit')}</Tag>
                {!policy.fits && policy.why && (
                  <Text size="sm" c="dimmed" component="span">
                    {policy.why.text}
                  </Text>
                )}
              </li>
            ))}
          </ul>
        )}
      </Stack>
    </section>
  )
}
