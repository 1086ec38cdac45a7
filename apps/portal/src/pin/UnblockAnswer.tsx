import { Button, Group, List, Stack, Text } from '@mantine/core'
import { Code } from '../parts/Code.tsx'
import { Notice } from '../parts/Notice.tsx'
import { t } from '../texts/t.ts'

type Props = {
  readonly answer: string
  readonly onAgain: () => void
  readonly onClose: () => void
}

/** What the operator reads back, and what happens at the caller's desk. */
export const UnblockAnswer = ({ answer, onAgain, onClose }: Props) => (
  <Stack gap="md">
    <Text fw={600} tabIndex={-1} role="status">
      {t('unlock.step', { step: 3, title: t('unlock.answerTitle') })}
    </Text>
    <Code value={answer} what={t('unlock.answer')} spelling />
    <div>
      <Text fw={600} mb={4}>
        {t('unlock.answerNext')}
      </Text>
      <List type="ordered" withPadding>
        <List.Item>{t('unlock.answerType')}</List.Item>
        <List.Item>{t('unlock.answerPin')}</List.Item>
      </List>
    </div>
    <Notice tone="info">{t('unlock.answerOnce')}</Notice>
    <Group justify="space-between">
      <Button variant="subtle" onClick={onAgain}>
        {t('unlock.again')}
      </Button>
      <Button onClick={onClose} data-autofocus>
        {t('unlock.answered')}
      </Button>
    </Group>
  </Stack>
)
