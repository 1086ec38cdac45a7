import { Button, Group } from '@mantine/core'
import { Empty } from '../parts/Empty.tsx'
import { Panel } from '../parts/Panel.tsx'
import { t } from '../texts/t.ts'

type Props = { readonly mayWrite: boolean; readonly onBegin: (kind: 'rfc2307' | 'active-directory') => void }

/** Before there is a directory: what one is good for, and with which kind to begin. */
export const NoDirectory = ({ mayWrite, onBegin }: Props) => (
  <Panel>
    <Empty
      title={t('directory.none.title')}
      text={t('directory.none.text')}
      action={
        mayWrite && (
          <Group justify="center" mt="sm">
            <Button onClick={() => onBegin('active-directory')}>{t('directory.none.active-directory')}</Button>
            <Button variant="default" onClick={() => onBegin('rfc2307')}>
              {t('directory.none.rfc2307')}
            </Button>
          </Group>
        )
      }
    />
  </Panel>
)
