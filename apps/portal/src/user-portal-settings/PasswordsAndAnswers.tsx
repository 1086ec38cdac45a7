import type { UserPortalSettings } from '@cardwright/contract'
import { SimpleGrid, Stack } from '@mantine/core'
import { Amount } from '../parts/Amount.tsx'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { Panel } from '../parts/Panel.tsx'
import { RadioChoice } from '../parts/RadioChoice.tsx'
import { t } from '../texts/t.ts'

const bounds = {
  initialPasswordDays: [1, 90],
  questionsNeeded: [2, 5],
  minAnswerLength: [2, 10],
  wrongPasswords: [3, 20],
  wrongAnswers: [3, 20],
  wrongTriesPerSource: [10, 1000],
  idleMinutes: [5, 60],
} as const

type Props = {
  readonly draft: UserPortalSettings
  readonly readOnly: boolean
  readonly onChange: (part: Partial<UserPortalSettings>) => void
}

/** Initial passwords, security questions, and when a method is locked (U-6 … U-8, U-11). */
export const PasswordsAndAnswers = ({ draft, readOnly, onChange }: Props) => {
  const amount = (name: keyof typeof bounds) => (
    <Amount
      label={t(`userPortal.${name}`)}
      description={t(`userPortal.${name}.hint`)}
      value={draft[name]}
      min={bounds[name][0]}
      max={bounds[name][1]}
      onChange={value => onChange({ [name]: value })}
    />
  )
  return (
    <>
      <Panel title={t('userPortal.initialPassword')}>
        <Stack gap="lg">
          <RadioChoice
            label={t('userPortal.delivery')}
            value={draft.initialPasswordDelivery}
            readOnly={readOnly}
            choices={(['SHOWN', 'EMAIL'] as const).map(value => ({
              value,
              label: t(`userPortal.delivery.${value}`),
              hint: t(`userPortal.delivery.${value}.hint`),
            }))}
            onChange={initialPasswordDelivery => onChange({ initialPasswordDelivery })}
          />
          <SimpleGrid cols={{ base: 1, sm: 2 }}>{amount('initialPasswordDays')}</SimpleGrid>
        </Stack>
      </Panel>
      <Panel
        title={t('userPortal.questions')}
        actions={<AnchorLink to="/admin/security-questions">{t('userPortal.toQuestions')}</AnchorLink>}
      >
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {amount('questionsNeeded')}
          {amount('minAnswerLength')}
        </SimpleGrid>
      </Panel>
      <Panel title={t('userPortal.limits')}>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {amount('wrongPasswords')}
          {amount('wrongAnswers')}
          {amount('wrongTriesPerSource')}
          {amount('idleMinutes')}
        </SimpleGrid>
      </Panel>
    </>
  )
}
