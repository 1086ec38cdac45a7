import type { LetterSettings } from '@cardwright/contract'
import { SimpleGrid, Stack, Text } from '@mantine/core'
import { Amount } from '../parts/Amount.tsx'
import { Panel } from '../parts/Panel.tsx'
import { RadioChoice } from '../parts/RadioChoice.tsx'
import { t } from '../texts/t.ts'

type Props = {
  readonly draft: Pick<LetterSettings, 'protection' | 'sealed'>
  readonly readOnly: boolean
  readonly onChange: (part: Partial<LetterSettings>) => void
}

/** How the number is kept from being read through a closed envelope. */
export const Protection = ({ draft: { protection, sealed }, readOnly, onChange }: Props) => (
  <Panel title={t('letter.protection')}>
    <Stack gap="lg">
      <RadioChoice
        label={t('letter.protectionOf')}
        value={protection}
        readOnly={readOnly}
        choices={(['SCRAMBLE', 'PRESSURE_SEAL'] as const).map(value => ({
          value,
          label: t(`letter.${value}`),
          hint: t(`letter.${value}.hint`),
        }))}
        onChange={next => onChange({ protection: next })}
      />
      {protection === 'PRESSURE_SEAL' && (
        <div>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <Amount
              label={t('letter.sealedX')}
              value={sealed.x}
              min={0}
              max={280}
              decimals={2}
              onChange={x => onChange({ sealed: { ...sealed, x } })}
            />
            <Amount
              label={t('letter.sealedY')}
              value={sealed.y}
              min={0}
              max={360}
              decimals={2}
              onChange={y => onChange({ sealed: { ...sealed, y } })}
            />
          </SimpleGrid>
          <Text size="sm" c="dimmed" mt={4}>
            {t('letter.sealedHint')}
          </Text>
        </div>
      )}
    </Stack>
  </Panel>
)
