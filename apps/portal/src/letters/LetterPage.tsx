import type { LetterSettings } from '@cardwright/contract'
import { Button, Group, Input, Stack, TextInput } from '@mantine/core'
import { below } from '../directory/fields.ts'
import { Panel } from '../parts/Panel.tsx'
import { PictureButton } from '../parts/PictureButton.tsx'
import { bytes, drawnFile } from '../parts/picture-file.ts'
import { RadioChoice } from '../parts/RadioChoice.tsx'
import { t } from '../texts/t.ts'
import css from './Letters.module.css'
import type { LetterFault } from './letter-faults.ts'

type Props = {
  readonly draft: LetterSettings
  readonly readOnly: boolean
  readonly faults: readonly LetterFault[]
  readonly onChange: (part: Partial<LetterSettings>) => void
}

/** Paper, window of the envelope, sender and logo. */
export const LetterPage = ({ draft, readOnly, faults, onChange }: Props) => {
  const fault = (name: string) => faults.find(({ field, language }) => language === null && field === name)?.text
  return (
    <Panel title={t('letter.page')}>
      <Stack gap="lg">
        <RadioChoice
          label={t('letter.paper')}
          value={draft.paper}
          readOnly={readOnly}
          choices={(['A4', 'LETTER'] as const).map(value => ({
            value,
            label: t(`letter.paper.${value}`),
            hint: t(`letter.paper.${value}.hint`),
          }))}
          onChange={paper => onChange({ paper })}
        />
        <RadioChoice
          label={t('letter.window')}
          value={draft.window}
          readOnly={readOnly}
          choices={(['LEFT', 'RIGHT'] as const).map(value => ({ value, label: t(`letter.window.${value}`) }))}
          onChange={window => onChange({ window })}
        />
        <TextInput
          label={t('letter.sender')}
          description={t('letter.senderHint')}
          inputWrapperOrder={[...below]}
          maxLength={200}
          value={draft.sender}
          error={fault('sender')}
          onChange={event => onChange({ sender: event.currentTarget.value })}
        />
        <Input.Wrapper
          label={t('letter.logo')}
          labelElement="div"
          description={t('letter.logoHint', { limit: bytes(drawnFile.limit) })}
          error={fault('logo')}
          inputWrapperOrder={[...below]}
        >
          <Group gap="md" my={4}>
            {draft.logo && <img className={css.logo} src={draft.logo} alt={t('letter.logoNow')} />}
            {!readOnly && (
              <PictureButton
                size="xs"
                variant="default"
                label={t(draft.logo ? 'letter.logoChange' : 'letter.logoChoose')}
                onPicture={logo => onChange({ logo })}
              />
            )}
            {!readOnly && draft.logo && (
              <Button size="xs" variant="subtle" onClick={() => onChange({ logo: null })}>
                {t('letter.logoRemove')}
              </Button>
            )}
          </Group>
        </Input.Wrapper>
      </Stack>
    </Panel>
  )
}
