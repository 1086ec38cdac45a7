import { routes } from 'virtual:contract'
import type { Credential } from '@cardwright/contract'
import { Button, Group, Stack, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { call } from '../api/call.ts'
import { useSubmit } from '../api/use-submit.ts'
import { humanised } from '../format/audit.ts'
import { credentialFace } from '../format/device.ts'
import { download } from '../format/download.ts'
import { slotPurpose } from '../format/slot.ts'
import { dayOf } from '../format/time.ts'
import { Copyable } from '../parts/Copyable.tsx'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { type Fact, Facts } from '../parts/Facts.tsx'
import { StateBadge } from '../parts/StateBadge.tsx'
import { t } from '../texts/t.ts'
import css from './CredentialList.module.css'

const CredentialItem = ({ credential }: { readonly credential: Credential }) => {
  const { submit, pending, error } = useSubmit(async () => {
    const { pem } = await call(routes.certificate, { params: { id: credential.id } })
    download(`${credential.slot}-${credential.serialNumber}.pem`, 'application/x-pem-file', pem)
  })
  const facts: Fact[] = [
    { name: t('certificate.subject'), value: credential.subject },
    { name: t('certificate.issuer'), value: credential.issuer },
    {
      name: t('certificate.serial'),
      value: <Copyable value={credential.serialNumber} what={t('certificate.serial')} />,
    },
    { name: t('certificate.algorithm'), value: credential.algorithm },
    { name: t('certificate.validFrom'), value: dayOf(credential.notBefore) },
    { name: t('certificate.validUntil'), value: dayOf(credential.notAfter) },
  ]
  if (credential.revocationReason) {
    facts.push({ name: t('certificate.reason'), value: humanised(credential.revocationReason) })
  }
  const purpose = slotPurpose(credential.slot, credential.profile)
  return (
    <li className={css.item}>
      <Group justify="space-between" mb="xs">
        <Group gap="sm">
          <Text fw={650}>{t('device.slotPurpose', { slot: credential.slot, purpose })}</Text>
          <StateBadge face={credentialFace(credential.state, Date.parse(credential.notAfter) < Date.now())} />
        </Group>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
          loading={pending}
          onClick={() => void submit(undefined)}
          aria-label={`${t('certificate.download')}, ${credential.slot} ${purpose}`}
        >
          {t('certificate.download')}
        </Button>
      </Group>
      <Facts facts={facts} />
      {error && <ErrorNotice error={error} />}
    </li>
  )
}

/** The certificates of a device in full. */
export const CredentialList = ({ credentials }: { readonly credentials: readonly Credential[] }) => {
  if (credentials.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('device.noCertificates')}
      </Text>
    )
  }
  return (
    <Stack component="ul" gap={0} m={0} p={0}>
      {credentials.map(credential => (
        <CredentialItem key={credential.id} credential={credential} />
      ))}
    </Stack>
  )
}
