import { Button, Group, Select, Stack, Text } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { Panel } from '../parts/Panel.tsx'
import { guessedReader } from '../printing/card-place.ts'
import { t } from '../texts/t.ts'
import type { PrintChoice } from './use-print-choice.ts'

/** Which printer, and which reader is inside of it; remembered for this workstation (P-2). */
export const ConfigurePrinter = ({ print }: { readonly print: PrintChoice }) => {
  const { printers, readers, place } = print
  const [printerId, setPrinterId] = useState(place.printer?.id ?? (printers.length === 1 ? printers[0]?.id : undefined))
  const [readerId, setReaderId] = useState(place.reader?.id)
  const choice = useRef<HTMLInputElement>(null)
  const { changing } = print
  useEffect(() => {
    if (changing) choice.current?.focus()
  }, [changing])
  const printer = printers.find(one => one.id === printerId)
  const reader = readers.find(one => one.id === readerId) ?? (printer && guessedReader(printer, readers))
  return (
    <Panel title={t('print.configure')}>
      <Stack gap="md" maw={480}>
        <Text size="sm">{t('print.configureText')}</Text>
        <Select
          ref={choice}
          label={t('print.printer')}
          placeholder={t('print.choosePrinter')}
          allowDeselect={false}
          data={printers.map(one => ({ value: one.id, label: one.name }))}
          value={printer?.id ?? null}
          onChange={id => {
            setPrinterId(id ?? undefined)
            setReaderId(undefined)
          }}
        />
        <Select
          label={t('print.reader')}
          description={t('print.readerHint')}
          placeholder={t('print.chooseReader')}
          allowDeselect={false}
          disabled={!printer}
          data={readers.map(one => ({ value: one.id, label: one.name }))}
          value={reader?.id ?? null}
          onChange={id => setReaderId(id ?? undefined)}
        />
        <Group>
          <Button
            disabled={!printer || !reader}
            onClick={() => {
              if (printer && reader) print.configure(printer, reader)
            }}
          >
            {t('print.configureDo')}
          </Button>
          {place.printer && place.reader && (
            <Button variant="subtle" onClick={print.keep}>
              {t('common.cancel')}
            </Button>
          )}
        </Group>
      </Stack>
    </Panel>
  )
}
