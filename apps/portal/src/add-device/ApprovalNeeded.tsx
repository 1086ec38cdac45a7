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
}

/** Validated issuance: instead of issuing, approval is asked for. */
export const ApprovalNeeded = ({ policy, user }: Props) => {
  const mayAsk = useMay()(routes.requestIssuance.access)
  const { operator } = useSession()
  const [asking, setAsking] = useState(false)
  return (
    <Notice tone="warn" role="status" title={t('addDevice.approvalNeeded')}>
      {t('addDevice.approvalNeededText', { policy: policy.name, user: user.displayName })}
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
