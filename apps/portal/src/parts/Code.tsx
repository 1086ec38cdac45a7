import { Button, CopyButton } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { codeGroups, spelled } from '../format/code.ts'
import { t } from '../texts/t.ts'
import css from './Code.module.css'

type Props = {
  readonly value: string
  /** What it is, for the copy button. */
  readonly what: string
  /** For the telephone: each group with its number, and words of the spelling alphabet under it. */
  readonly spelling?: boolean
}

/** A code to be read out or typed elsewhere: large, in groups, with a button that copies it as it is. */
export const Code = ({ value, what, spelling = false }: Props) => (
  <>
    <div className={css.code} translate="no">
      {codeGroups(value).map(group => (
        <span key={group.at} className={spelling ? `${css.group} ${css.numbered}` : css.group}>
          <span className={css.letters}>{group.text}</span>
          {spelling && <span className={css.words}>{spelled(group.text)}</span>}
        </span>
      ))}
    </div>
    <CopyButton value={value} timeout={3000}>
      {({ copied, copy }) => (
        <Button
          variant="default"
          leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
          onClick={copy}
          style={{ alignSelf: 'flex-start' }}
        >
          {copied ? t('common.copied') : t('common.copy', { what })}
        </Button>
      )}
    </CopyButton>
  </>
)
