import { routes } from 'virtual:contract'
import type { Reader } from '@cardwright/contract'
import { Button, Drawer, Group, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQueryClient } from '@tanstack/react-query'
import { call } from '../api/call.ts'
import { useSubmit } from '../api/use-submit.ts'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { readersQuery } from '../readers/use-readers.ts'
import { t } from '../texts/t.ts'
import css from './VirtualDrawer.module.css'

/** Puts virtual cards into a virtual reader and takes them out, as hands do with real ones. */
export const VirtualDrawer = ({ reader }: { readonly reader: Reader }) => {
  const client = useQueryClient()
  const [opened, { open, close }] = useDisclosure(false)
  const insert = useSubmit(async (cardId: string) => {
    client.setQueryData(
      readersQuery.queryKey,
      await call(routes.insertVirtualCard, { body: { readerId: reader.id, cardId } }),
    )
    close()
  })
  const remove = useSubmit(async () => {
    client.setQueryData(readersQuery.queryKey, await call(routes.removeVirtualCard, { body: { readerId: reader.id } }))
  })
  if (reader.card !== null) {
    return (
      <>
        <Button
          size="xs"
          variant="default"
          loading={remove.pending}
          aria-label={t('addDevice.removeLabel', { reader: reader.name })}
          onClick={() => void remove.submit(undefined)}
        >
          {t('addDevice.remove')}
        </Button>
        {remove.error && <ErrorNotice error={remove.error} />}
      </>
    )
  }
  return (
    <>
      <Button
        size="xs"
        variant="default"
        aria-label={t('addDevice.openDrawer', { reader: reader.name })}
        onClick={open}
      >
        {t('addDevice.drawer')}
      </Button>
      <Drawer
        opened={opened}
        onClose={close}
        position="right"
        title={t('addDevice.drawer')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            {t('addDevice.drawerText')}
          </Text>
          {insert.error && <ErrorNotice error={insert.error} />}
          {(reader.drawer ?? []).length === 0 && <Text>{t('addDevice.drawerEmpty')}</Text>}
          <ul className={css.cards}>
            {(reader.drawer ?? []).map(card => (
              <li key={card.cardId}>
                <Group justify="space-between" wrap="nowrap">
                  <div>
                    <Text fw={600}>{card.label}</Text>
                    <Text size="sm" c="dimmed">
                      {card.model}
                    </Text>
                  </div>
                  <Button
                    size="xs"
                    loading={insert.pending}
                    aria-label={t('addDevice.insertLabel', { card: card.label, reader: reader.name })}
                    onClick={() => void insert.submit(card.cardId)}
                  >
                    {t('addDevice.insert')}
                  </Button>
                </Group>
              </li>
            ))}
          </ul>
        </Stack>
      </Drawer>
    </>
  )
}
