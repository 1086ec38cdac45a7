import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useSubmit } from '../api/use-submit.ts'
import { csv } from '../format/csv.ts'
import { download } from '../format/download.ts'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { t } from '../texts/t.ts'

type Page<Row> = { readonly rows: readonly Row[]; readonly next?: string | undefined }

type Props<Row> = {
  readonly fileName: string
  readonly head: readonly string[]
  readonly line: (row: Row) => readonly string[]
  readonly load: (cursor: string | undefined) => Promise<Page<Row>>
}

/** All rows of the filtered list, page by page, as a file. */
export const CsvButton = <Row,>({ fileName, head, line, load }: Props<Row>) => {
  const { submit, pending, error } = useSubmit(async () => {
    const lines: (readonly string[])[] = []
    let cursor: string | undefined
    do {
      const page = await load(cursor)
      lines.push(...page.rows.map(line))
      cursor = page.next
    } while (cursor !== undefined)
    download(fileName, 'text/csv;charset=utf-8', `\uFEFF${csv(head, lines)}`)
  })
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconDownload size={16} />}
        loading={pending}
        onClick={() => void submit(undefined)}
      >
        {t('list.csv')}
      </Button>
      {error && <ErrorNotice error={error} />}
    </>
  )
}
