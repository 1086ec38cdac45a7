import { ActionIcon, CopyButton, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { t } from '../texts/t.ts'
import css from './Copyable.module.css'

type Props = { readonly value: string; readonly what: string; readonly mono?: boolean }

/** A value with a button that copies it. */
export const Copyable = ({ value, what, mono = true }: Props) => (
  <span className={css.root}>
    <span className={mono ? css.mono : undefined}>{value}</span>
    <CopyButton value={value} timeout={1500}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? t('common.copied') : t('common.copy', { what })}>
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            className={css.button}
            aria-label={copied ? t('common.copied') : t('common.copy', { what })}
            onClick={copy}
          >
            {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  </span>
)
