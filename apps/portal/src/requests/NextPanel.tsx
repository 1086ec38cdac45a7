import type { RequestView } from '@cardwright/contract'
import { Button, Group, Stack, Text } from '@mantine/core'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { Panel } from '../parts/Panel.tsx'
import { t } from '../texts/t.ts'
import type { Decision } from './DecideDialog.tsx'
import css from './Request.module.css'
import { RequestSteps } from './RequestSteps.tsx'
import { isBeingIssued, nextOf, shownActions, stepsOf } from './request-words.ts'

type Action = ReturnType<typeof shownActions>[number]

const ActionButton = (props: {
  readonly request: RequestView
  readonly action: Action
  readonly onDecide: (decision: Decision) => void
}) => {
  const { request, action, onDecide } = props
  const { action: name, allowed, reason } = action
  const label = t(`request.do.${name}`)
  if (!allowed) {
    return (
      <Button variant="default" disabled title={reason}>
        {label}
      </Button>
    )
  }
  if (name === 'issue' || name === 'bind') {
    return (
      <ButtonLink
        to="/operator/users/$userId/add-device"
        params={{ userId: request.user.id }}
        search={name === 'bind' ? { request: request.id, action: 'ASSIGN' } : { request: request.id }}
        variant={
          name === 'bind' && shownActions(request).some(a => a.action === 'issue' && a.allowed) ? 'default' : 'filled'
        }
      >
        {label}
      </ButtonLink>
    )
  }
  return (
    <Button variant={name === 'approve' ? 'filled' : 'default'} onClick={() => onDecide(name)}>
      {label}
    </Button>
  )
}

type Props = { readonly request: RequestView; readonly onDecide: (decision: Decision) => void }

/** What happens next, who has to do it, and what this operator can do now, or why not. */
export const NextPanel = ({ request, onDecide }: Props) => {
  const steps = stepsOf(request)
  const actions = shownActions(request)
  const refused = actions.filter(({ allowed, reason }) => !allowed && reason)
  const issuing = request.issuanceId !== null && isBeingIssued(request)
  return (
    <Panel title={t('request.next')}>
      <Stack gap="md">
        {steps && <RequestSteps steps={steps} />}
        <Text role="status">{nextOf(request)}</Text>
        {request.decisionNote && (
          <Text size="sm">
            {t('request.decisionNote')}: <q>{request.decisionNote}</q>
          </Text>
        )}
        {(actions.length > 0 || issuing) && (
          <Group gap="sm">
            {issuing && (
              <ButtonLink
                to="/operator/issuances/$issuanceId"
                params={{ issuanceId: request.issuanceId ?? '' }}
                variant={request.state === 'FAILED' ? 'filled' : 'default'}
              >
                {t('request.do.issuance')}
              </ButtonLink>
            )}
            {actions.map(action => (
              <ActionButton key={action.action} request={request} action={action} onDecide={onDecide} />
            ))}
          </Group>
        )}
        {refused.length > 0 && (
          <ul className={css.why}>
            {refused.map(({ action, reason }) => (
              <Text key={action} component="li" size="sm" c="dimmed">
                {t('request.actionNotNow', { action: t(`request.do.${action}`), reason: reason ?? '' })}
              </Text>
            ))}
          </ul>
        )}
      </Stack>
    </Panel>
  )
}
