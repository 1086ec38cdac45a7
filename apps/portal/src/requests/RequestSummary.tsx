import type { RequestView } from '@cardwright/contract'
import { Group, Stack, Text } from '@mantine/core'
import { deviceFace } from '../format/device.ts'
import { DeviceDrawing } from '../parts/DeviceDrawing.tsx'
import { RelativeTime } from '../parts/RelativeTime.tsx'
import { StateBadge } from '../parts/StateBadge.tsx'
import { t } from '../texts/t.ts'
import { LossClock } from './LossClock.tsx'
import { requesterOf, whyOf } from './request-words.ts'

/** What one needs to decide: who wants what, why, for which device, and since when. */
export const RequestSummary = ({ request }: { readonly request: RequestView }) => {
  const { device, note, user, workflow } = request
  return (
    <Stack gap="xs">
      <Group gap="md" wrap="nowrap" align="flex-start">
        {device && <DeviceDrawing form={device.form} serial={device.serial} width={64} faded />}
        <Stack gap={4} miw={0}>
          <Text>{whyOf(request)}</Text>
          <Group gap={6}>
            {device && <StateBadge face={deviceFace(device)} />}
            <LossClock request={request} />
          </Group>
        </Stack>
      </Group>
      {workflow && <Text size="sm">{t(`workflow.${workflow}.text`, { user: user.displayName })}</Text>}
      <Text size="sm" c="dimmed">
        {t('request.requestedBy')} {requesterOf(request)}, <RelativeTime at={request.requestedAt} />
      </Text>
      {note && (
        <Text size="sm">
          {t('request.note')}: <q>{note}</q>
        </Text>
      )}
    </Stack>
  )
}
