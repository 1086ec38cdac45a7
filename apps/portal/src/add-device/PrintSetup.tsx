import { Button, Group, Stack, Text } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { Bullets } from '../parts/Bullets.tsx'
import { Notice } from '../parts/Notice.tsx'
import { Panel } from '../parts/Panel.tsx'
import { LayoutChoice } from '../printing/LayoutChoice.tsx'
import { Faults, PrinterBadge } from '../printing/PrinterState.tsx'
import { t } from '../texts/t.ts'
import { ConfigurePrinter } from './ConfigurePrinter.tsx'
import type { PrintChoice } from './use-print-choice.ts'

/** Printer and reader, layout, Start: what comes before the policy when the card is printed (P-2, P-3). */
export const PrintSetup = ({ print }: { readonly print: PrintChoice }) => {
  const { place, lacks, configuring } = print
  // Where there is none to choose, what to do about that is said already.
  const said = lacks.filter(lack => lack.key !== 'print.lacks.layout' || print.layouts.rows.length > 0)
  const started = print.started !== null
  const reader = useRef<HTMLButtonElement>(null)
  const next = useRef<HTMLParagraphElement>(null)
  const before = useRef({ configuring, started })
  // Configure and Start go away when they are pressed: whoever works without a mouse goes on from here.
  useEffect(() => {
    if (before.current.configuring && !configuring) reader.current?.focus()
    if (!before.current.started && started) next.current?.focus()
    before.current = { configuring, started }
  }, [configuring, started])
  if (configuring) return <ConfigurePrinter print={print} />
  return (
    <>
      <Panel title={t('print.printer')}>
        <Stack gap="sm">
          <Group gap="sm">
            <Text fw={600}>{place.printer?.name ?? t('print.notThere')}</Text>
            {place.printer && <PrinterBadge state={place.printer.state} />}
          </Group>
          <Group gap="sm">
            <Text size="sm">{t('print.reader')}:</Text>
            <Button
              ref={reader}
              size="xs"
              variant="default"
              onClick={print.reconfigure}
              aria-label={t('print.changeReader', { reader: place.reader?.name ?? t('print.notThere') })}
              title={t('print.change')}
            >
              {place.reader?.name ?? t('print.notThere')}
            </Button>
          </Group>
          {place.printer?.state === 'READY' && <Faults faults={place.printer.faults} />}
        </Stack>
      </Panel>
      <Panel title={t('print.layouts')}>
        <Stack gap="md">
          <LayoutChoice layouts={print.layouts} onChange={print.chooseLayout} />
          {said.length > 0 && (
            <Notice tone="info" role="status" title={t(started ? 'print.waitsFor' : 'print.startNeeds')}>
              <Bullets lines={said.map(lack => t(lack.key, lack.params))} />
            </Notice>
          )}
          {started ? (
            <Text ref={next} tabIndex={-1} size="sm" role="status">
              {t('print.started')}
            </Text>
          ) : (
            <Group>
              <Button disabled={lacks.length > 0} onClick={print.start}>
                {t('print.start')}
              </Button>
            </Group>
          )}
        </Stack>
      </Panel>
    </>
  )
}
