import { routes } from 'virtual:contract'
import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { Steps } from '../add-device/Steps.tsx'
import { read } from '../api/read.ts'
import { useDeviceChanged } from '../devices/use-device-changed.ts'
import { lastFour } from '../format/device.ts'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { Facts } from '../parts/Facts.tsx'
import { PageHeader } from '../parts/PageHeader.tsx'
import { Panel } from '../parts/Panel.tsx'
import { Rows } from '../parts/Rows.tsx'
import { t } from '../texts/t.ts'
import { PrintedSides } from './CardSides.tsx'
import { EncodedBefore } from './EncodedAndPrinted.tsx'
import { PrintEnd } from './PrintEnd.tsx'
import { PrintProgress } from './PrintProgress.tsx'
import { isUnderWay } from './print-words.ts'
import { SavePdf } from './SavePdf.tsx'
import { usePrintJob } from './use-print-job.ts'

const api = getRouteApi('/signed-in/operator/print-jobs/$jobId')

/** Print Device: a print under its address, with what becomes of the device afterwards (P-4 … P-7). */
export const PrintPage = () => {
  const { jobId } = api.useParams()
  const { query, picture } = usePrintJob(jobId)
  const job = query.data
  const changed = useDeviceChanged()
  const running = job !== undefined && isUnderWay(job.state)
  const ran = useRef(running)
  useEffect(() => {
    if (ran.current && !running) void changed()
    ran.current = running
  }, [running, changed])
  const device = useQuery({
    ...read(routes.getDevice, { params: { id: job?.deviceId ?? '' } }),
    enabled: job !== undefined,
  })
  if (query.isError && !job) {
    return <ErrorNotice error={query.error} title={query.error.message} onRetry={() => void query.refetch()} />
  }
  if (device.isError && !device.data) {
    return <ErrorNotice error={device.error} title={device.error.message} onRetry={() => void device.refetch()} />
  }
  if (!job || !device.data) return <Rows count={5} height={48} />
  const { user } = device.data
  return (
    <>
      <PageHeader
        title={t('print.device')}
        before={
          user && (
            <AnchorLink to="/operator/users/$userId" params={{ userId: user.id }} size="sm">
              {user.displayName}
            </AnchorLink>
          )
        }
        lead={t('print.lead', { last: lastFour(job.serial) })}
      />
      {device.data.state === 'PRODUCED' && <Steps current={2} print />}
      <Stack gap="lg" maw={960}>
        <Panel title={t('print.title', { layout: job.layout.name })}>
          <Stack gap="lg">
            {device.data.state === 'PRODUCED' && <EncodedBefore />}
            <PrintProgress job={job} />
            <PrintedSides query={picture} name={job.layout.name} />
            {picture.data && <SavePdf job={job} />}
          </Stack>
        </Panel>
        <PrintEnd key={job.id} job={job} device={device.data} />
        <Panel>
          <Facts
            facts={[
              { name: t('device.serial'), value: job.serial },
              { name: t('print.printer'), value: job.printer.name },
              { name: t('print.number'), value: job.print },
              { name: t('print.by'), value: job.startedBy },
            ]}
          />
        </Panel>
      </Stack>
    </>
  )
}
