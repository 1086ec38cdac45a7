import { routes } from 'virtual:contract'
import type { SitePrinter } from '@cardwright/contract'
import { MultiSelect, Stack, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { read } from '../api/read.ts'
import { useMay } from '../api/session.ts'
import { CaCertificates } from '../directory/CaCertificates.tsx'
import { asTyped, below } from '../directory/fields.ts'
import { DraftForm } from '../parts/DraftForm.tsx'
import { Notice } from '../parts/Notice.tsx'
import { Panel } from '../parts/Panel.tsx'
import { RadioChoice } from '../parts/RadioChoice.tsx'
import { useDraft } from '../parts/use-draft.ts'
import { t } from '../texts/t.ts'
import { isEncrypted, type PrinterDraft, printerFindings } from './printer-draft.ts'
import { TestPage } from './TestPage.tsx'

type Props = {
  readonly start: PrinterDraft
  readonly verb: string
  readonly readOnly?: boolean
  /** The stored one; absent = a new one, which cannot be tested yet. */
  readonly stored?: SitePrinter
  /** Saves, and gives what to do once the form has let go of its unsaved changes. */
  readonly onSave: (draft: PrinterDraft, idempotencyKey: string) => Promise<() => unknown>
  readonly onReload: () => void
}

/** What a printer is called, what it prints and for whom, and how the server reaches it. */
export const PrinterForm = ({ start, verb, readOnly = false, stored, onSave, onReload }: Props) => {
  const { draft, change, save, ...form } = useDraft(start, onSave)
  const [tried, setTried] = useState(false)
  const element = useRef<HTMLFormElement>(null)
  const mayReadGroups = useMay()(routes.listGroups.access)
  const groups = useQuery({ ...read(routes.listGroups, {}), enabled: mayReadGroups })
  const offered = groups.data?.rows ?? stored?.groups ?? []
  const found = printerFindings(draft)
  const fault = (name: keyof PrinterDraft) => form.error?.fields[name]
  const saveChecked = () => {
    setTried(true)
    const first = Object.keys(found)[0]
    if (first === undefined) save()
    else element.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus()
  }
  const line = (name: 'name' | 'uri', maxLength: number) => (
    <TextInput
      name={name}
      label={t(name === 'name' ? 'printers.name' : 'printer.uri')}
      description={t(`printer.${name}Hint`)}
      inputWrapperOrder={[...below]}
      required
      maxLength={maxLength}
      value={draft[name]}
      error={(tried ? found[name] : undefined) ?? fault(name)}
      onChange={event => change({ [name]: event.currentTarget.value })}
      {...asTyped}
    />
  )
  return (
    <DraftForm {...form} ref={element} save={saveChecked} verb={verb} readOnly={readOnly} onReload={onReload}>
      <Panel>
        <Stack gap="lg">
          {line('name', 120)}
          <RadioChoice
            label={t('printers.purpose')}
            value={draft.purpose}
            readOnly={readOnly}
            choices={(['CARD', 'LETTER'] as const).map(value => ({
              value,
              label: t(`printers.purpose.${value}`),
              hint: t(`printers.purpose.${value}.hint`),
            }))}
            onChange={purpose => change({ purpose })}
          />
          {line('uri', 400)}
          {draft.purpose === 'LETTER' && !isEncrypted(draft) && (
            <Notice tone="warn" role="status">
              {t('printer.openLetters')}
            </Notice>
          )}
          {isEncrypted(draft) && (
            <CaCertificates
              value={draft.caCertificates}
              none={t('printer.caNone')}
              fault={fault('caCertificates')}
              onChange={caCertificates => change({ caCertificates })}
            />
          )}
          <MultiSelect
            label={t(`printer.groups.${draft.purpose}`)}
            description={t(`printer.groups.${draft.purpose}.hint`)}
            inputWrapperOrder={[...below]}
            placeholder={draft.groupIds.length === 0 ? t(`printers.noSite.${draft.purpose}`) : undefined}
            searchable
            disabled={readOnly}
            data={offered.map(group => ({ value: group.id, label: group.name }))}
            value={[...draft.groupIds]}
            error={fault('groupIds')}
            onChange={groupIds => change({ groupIds })}
          />
        </Stack>
      </Panel>
      {stored && !readOnly && <TestPage printer={stored} possible={!form.dirty} />}
    </DraftForm>
  )
}
