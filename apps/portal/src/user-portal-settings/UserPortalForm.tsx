import type { UserPortalSettings } from '@cardwright/contract'
import { Stack, Switch, Textarea } from '@mantine/core'
import { DraftForm } from '../parts/DraftForm.tsx'
import { Notice } from '../parts/Notice.tsx'
import { Panel } from '../parts/Panel.tsx'
import { RadioChoice } from '../parts/RadioChoice.tsx'
import { useDraft } from '../parts/use-draft.ts'
import { t } from '../texts/t.ts'
import { LoginMethods } from './LoginMethods.tsx'
import { PasswordsAndAnswers } from './PasswordsAndAnswers.tsx'

type Props = {
  readonly start: UserPortalSettings
  readonly readOnly: boolean
  /** Saves, and gives what to do once the form has let go of its unsaved changes. */
  readonly onSave: (settings: UserPortalSettings) => Promise<() => void>
  readonly onReload: () => void
}

export const UserPortalForm = ({ start, readOnly, onSave, onReload }: Props) => {
  const { draft, change, ...form } = useDraft(start, onSave)
  const withQuestions = [draft.login.laterIssuance, draft.login.withoutDevice].includes('SECURITY_QUESTIONS')
  return (
    <DraftForm {...form} readOnly={readOnly} onReload={onReload}>
      <Panel title={t('userPortal.issuance')}>
        <Stack gap="lg">
          <RadioChoice
            label={t('userPortal.whoCanBind')}
            value={draft.whoCanBind}
            readOnly={readOnly}
            choices={(['OPERATOR', 'USER'] as const).map(value => ({
              value,
              label: t(`userPortal.bind.${value}`),
              hint: t(`userPortal.bind.${value}.hint`),
            }))}
            onChange={whoCanBind => change({ whoCanBind })}
          />
          {(['setSecurityQuestions', 'changePinDuringIssuance', 'enableIssuanceRetry'] as const).map(name => (
            <Switch
              key={name}
              label={t(`userPortal.${name}`)}
              description={t(`userPortal.${name}.${draft[name] ? 'yes' : 'no'}`)}
              checked={draft[name]}
              onChange={event => change({ [name]: event.currentTarget.checked })}
            />
          ))}
          {withQuestions && !draft.setSecurityQuestions && (
            <Notice tone="warn">{t('userPortal.questionsNotSet')}</Notice>
          )}
        </Stack>
      </Panel>
      <LoginMethods login={draft.login} readOnly={readOnly} onChange={login => change({ login })} />
      <PasswordsAndAnswers draft={draft} readOnly={readOnly} onChange={change} />
      <Panel title={t('userPortal.help')}>
        <Textarea
          label={t('userPortal.helpText')}
          description={t('userPortal.helpTextHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          maxLength={300}
          autosize
          minRows={2}
          value={draft.helpText}
          onChange={event => change({ helpText: event.currentTarget.value })}
        />
      </Panel>
    </DraftForm>
  )
}
