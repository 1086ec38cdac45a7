import { routes } from 'virtual:contract'
import type { InitialPassword } from '@cardwright/contract'
import { Button, Group, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { call } from '../api/call.ts'
import { read } from '../api/read.ts'
import { useSubmit } from '../api/use-submit.ts'
import { useDeviceChanged } from '../devices/use-device-changed.ts'
import { lastFour } from '../format/device.ts'
import { rememberRandomPin } from '../issuance/random-pins.ts'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { Notice } from '../parts/Notice.tsx'
import { PageHeader } from '../parts/PageHeader.tsx'
import { Panel } from '../parts/Panel.tsx'
import { Rows } from '../parts/Rows.tsx'
import { useReaderNow } from '../readers/use-reader-now.ts'
import { useReaders } from '../readers/use-readers.ts'
import { titleOf } from '../requests/request-words.ts'
import { useRequestChanged } from '../requests/use-request-changed.ts'
import { t } from '../texts/t.ts'
import { ActionTypes } from './ActionTypes.tsx'
import { ApprovalNeeded } from './ApprovalNeeded.tsx'
import { AssignedDialog } from './AssignedDialog.tsx'
import { ConnectedDevices } from './ConnectedDevices.tsx'
import {
  blankConfiguration,
  type Configuration,
  chosenPolicy,
  chosenReader,
  issuanceTypeOf,
  missing,
} from './configuration.ts'
import { ForRequest } from './ForRequest.tsx'
import { InitialPin } from './InitialPin.tsx'
import { PolicyChoice } from './PolicyChoice.tsx'
import { PrinterTile } from './PrinterTile.tsx'
import { PrintSetup } from './PrintSetup.tsx'
import { SelfIssuance } from './SelfIssuance.tsx'
import { Steps } from './Steps.tsx'
import { UnfinishedIssuances } from './UnfinishedIssuances.tsx'
import { printerChoice, usePrintChoice } from './use-print-choice.ts'

const api = getRouteApi('/signed-in/operator/users/$userId/add-device')

/** Configure Device: the connected device, what to do with it, by which policy, with which PIN (I-2 … I-9). */
export const AddDevicePage = () => {
  const { userId } = api.useParams()
  const { request: requestId, action: wantedAction = 'ISSUE' } = api.useSearch()
  const navigate = useNavigate()
  const client = useQueryClient()
  const changed = useDeviceChanged()
  const requestChanged = useRequestChanged()
  const user = useQuery(read(routes.getUser, { params: { id: userId } }))
  const executed = useQuery({
    ...read(routes.getRequest, { params: { id: requestId ?? '' } }),
    enabled: requestId !== undefined,
    refetchInterval: 5_000,
  })
  const request = executed.data
  const readers = useReaders(true, { anew: true })
  const readerNow = useReaderNow()
  const [readerId, setReaderId] = useState<string | null>(null)
  const [chosen, setConfiguration] = useState({ ...blankConfiguration, action: wantedAction })
  const [exchanged, setExchanged] = useState(false)
  const [assigned, setAssigned] = useState<{ readonly answer: InitialPassword; readonly last: string } | null>(null)

  const purpose = { userId, request }
  const print = usePrintChoice(purpose, readers)
  // The card that is printed is encoded in the printer, and Pending until it is printed (P-4, P-5).
  const configuration: Configuration = print.on ? { ...chosen, action: 'PRODUCE' } : chosen
  const reader = print.on
    ? print.started
      ? print.place.reader
      : undefined
    : chosenReader(readers.data?.readers ?? [], readerId, purpose)
  const insertion = reader?.card?.insertion
  const optionsQuery = read(routes.issuanceOptions, {
    params: { id: userId },
    query: { readerId: reader?.id ?? '', requestId, type: issuanceTypeOf(request) },
  })
  const options = useQuery({
    ...optionsQuery,
    queryKey: [...optionsQuery.queryKey, insertion],
    enabled:
      (requestId === undefined || request !== undefined) &&
      reader !== undefined &&
      !reader.busy &&
      reader.card?.problem === null,
    staleTime: 0,
  })

  // Another card in the chosen reader is another device: what was chosen for the last one does not count for it.
  const lastInsertion = useRef<string | undefined>(undefined)
  useEffect(() => {
    if (insertion === undefined || insertion === lastInsertion.current) return
    if (lastInsertion.current !== undefined) {
      setConfiguration(before => ({ ...blankConfiguration, action: before.action }))
      setExchanged(true)
    }
    lastInsertion.current = insertion
  }, [insertion])

  const policy = chosenPolicy(options.data, configuration.policyId)
  const lacking =
    request && request.state !== 'APPROVED'
      ? 'addDevice.requestEnded'
      : print.on && (print.started === null || print.lacks.length > 0)
        ? print.started
          ? 'print.needsPlace'
          : 'print.needsStart'
        : missing(configuration, reader, options.data)
  const toUser = async () => {
    if (requestId) await navigate({ to: '/operator/requests/$requestId', params: { requestId } })
    else await navigate({ to: '/operator/users/$userId', params: { userId } })
    await (requestId ? requestChanged() : changed())
  }
  const { submit, pending, error } = useSubmit(async (_: undefined, idempotencyKey) => {
    if (!reader?.card) return
    const { id: readerId, card } = await readerNow(reader)
    if (!card) return
    const at = { userId, readerId, insertion: card.insertion, ...(requestId ? { requestId } : {}) }
    const { action, pin, initialPassword } = configuration
    if (action === 'ASSIGN') {
      const last = lastFour(card.serial ?? '')
      const answer = await call(routes.assignDevice, { body: { ...at, initialPassword }, idempotencyKey })
      if (answer.initialPassword) return setAssigned({ answer: answer.initialPassword, last })
      notifications.show({ message: t('issued.assigned', { last, user: user.data?.displayName ?? '' }), color: 'teal' })
      return toUser()
    }
    const view = await call(routes.startIssuance, {
      body: {
        ...at,
        action,
        type: issuanceTypeOf(request),
        ...(policy ? { policyId: policy.id, policyVersion: policy.version } : {}),
        ...(pin === '' ? {} : { pin }),
      },
      idempotencyKey,
    })
    // The page of the issuance begins with this state, so that it sees the end even of one that is over at once.
    client.setQueryData(read(routes.getIssuance, { params: { id: view.id } }).queryKey, view)
    const { displayMode, changeDuringIssuance } = options.data?.pin ?? {}
    if (displayMode === 'NOT_DISPLAYED' && changeDuringIssuance === false) rememberRandomPin(view.id)
    const { printer } = print.place
    await navigate({
      to: '/operator/issuances/$issuanceId',
      params: { issuanceId: view.id },
      search: print.started && printer ? { layout: print.started.id, printer: printer.id } : {},
      replace: true,
    })
  })

  if (user.isError) {
    return <ErrorNotice error={user.error} title={user.error.message} onRetry={() => void user.refetch()} />
  }
  if (executed.isError && !request) {
    return <ErrorNotice error={executed.error} title={executed.error.message} onRetry={() => void executed.refetch()} />
  }
  if (user.isPending || (requestId && !request)) return <Rows count={5} height={56} />

  const name = user.data.displayName
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (lacking === null) void submit(undefined)
  }
  return (
    <>
      <PageHeader
        title={request ? titleOf(request) : t('addDevice.title')}
        tab={request ? titleOf(request) : `${t('addDevice.title')} ${t('addDevice.for', { user: name })}`}
        before={
          <AnchorLink to="/operator/users/$userId" params={{ userId }} size="sm">
            {name}
          </AnchorLink>
        }
        lead={request ? undefined : t('addDevice.for', { user: name })}
      />
      <Steps current={0} print={print.on} />
      <form onSubmit={onSubmit} autoComplete="off" noValidate>
        <Stack gap="lg" maw={960}>
          {request && <ForRequest request={request} />}
          <UnfinishedIssuances userId={userId} userName={name} />
          <ConnectedDevices
            readers={readers}
            purpose={purpose}
            chosen={print.on ? printerChoice : (reader?.id ?? null)}
            printer={print.available && <PrinterTile print={print} />}
            onChoose={id => {
              print.choose(id === printerChoice)
              lastInsertion.current = undefined
              setExchanged(false)
              setReaderId(id === printerChoice ? null : id)
              setConfiguration(before => ({ ...blankConfiguration, action: before.action }))
            }}
          />
          {print.on && <PrintSetup print={print} />}
          {exchanged && <Notice tone="warn" role="status" title={t('addDevice.changed')} />}
          {options.isError && <ErrorNotice error={options.error} onRetry={() => void options.refetch()} />}
          {reader && options.isPending && options.fetchStatus !== 'idle' && (
            <Panel title={t('addDevice.loadingOptions')}>
              <Rows count={3} height={40} />
            </Panel>
          )}
          {reader && options.data && (
            <>
              {!print.on && (
                <ActionTypes
                  actions={options.data.actions}
                  value={configuration.action}
                  onChange={action => setConfiguration({ ...configuration, action })}
                />
              )}
              {configuration.action === 'ASSIGN' ? (
                <SelfIssuance
                  userName={name}
                  initialPassword={configuration.initialPassword}
                  onChange={initialPassword => setConfiguration({ ...configuration, initialPassword })}
                />
              ) : (
                <>
                  <PolicyChoice
                    policies={options.data.policies}
                    chosen={policy}
                    onChange={policyId => setConfiguration({ ...configuration, policyId })}
                  />
                  {policy?.approval === 'NEEDED' && (
                    <ApprovalNeeded policy={policy} user={user.data} waits={options.data.needsApproval} />
                  )}
                  {policy && policy.approval !== 'NEEDED' && (
                    <InitialPin
                      mode={options.data.pin}
                      rules={policy.pinRules}
                      userName={name}
                      configuration={configuration}
                      onChange={setConfiguration}
                    />
                  )}
                </>
              )}
            </>
          )}
          {error && <ErrorNotice error={error} />}
          <Group justify="space-between">
            <ButtonLink variant="default" to="/operator/users/$userId" params={{ userId }}>
              {t('common.cancel')}
            </ButtonLink>
            <Group gap="md">
              <Text size="sm" c="dimmed" role="status">
                {lacking && (readers.data || readers.isError) ? t(lacking) : ''}
              </Text>
              <Button type="submit" disabled={lacking !== null} loading={pending}>
                {t(print.on ? 'print.continue' : `addDevice.do.${configuration.action}`)}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
      {assigned && <AssignedDialog {...assigned} user={user.data} onDone={() => void toUser()} />}
    </>
  )
}
