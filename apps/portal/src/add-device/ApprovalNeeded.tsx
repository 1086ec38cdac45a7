import { routes } from 'virtual:contract'
import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { useMay, useSession } from '../api/session.ts'
import { Notice } from '../parts/Notice.tsx'
import { RequestIssuanceDialog } from '../requests/RequestIssuanceDialog.tsx'
import { t } from '../texts/t.ts'
import type { PolicyOption } from './configuration.ts'

type Props = {
  readonly policy: PolicyOption
  readonly user: { readonly id: string; readonly displayName: string }
  /** Whether somebody has to approve the request. */
  readonly waits: boolean
}

/** Validated issuance: instead of issuing, approval is asked for. */
export const ApprovalNeeded = ({ policy, user, waits }: Props) => {
  const mayAsk = useMay()(routes.requestIssuance.access)
  const { operator } = useSession()
  const [asking, setAsking] = useState(false)
  return (
    <Notice tone="warn" role="status" title={t(waits ? 'addDevice.approvalNeeded' : 'addDevice.requestNeeded')}>
      {waits
        ? t('addDevice.approvalNeededText', { policy: policy.name, user: user.displayName })
        : t('addDevice.requestNeededText', { policy: policy.name })}
      <Group mt="xs">
        <Button
          size="xs"
          disabled={!mayAsk}
          title={mayAsk ? undefined : t('common.notPermitted', { role: operator.role.name })}
          onClick={() => setAsking(true)}
        >
          {t('requestIssuance.do')}
        </Button>
      </Group>
      {asking && <RequestIssuanceDialog user={user} policyId={policy.id} onClose={() => setAsking(false)} />}
    </Notice>
  )
}
