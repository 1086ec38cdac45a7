import type { LetterSettings } from '@cardwright/contract'
import { Button, Group, Stack, Tabs, Text } from '@mantine/core'
import { languageName } from '../format/language.ts'
import { Panel } from '../parts/Panel.tsx'
import { Tag } from '../parts/Tag.tsx'
import { t } from '../texts/t.ts'
import { AddLanguage } from './AddLanguage.tsx'
import type { LetterFault, LetterTexts as Texts } from './letter-faults.ts'
import { TextsOf } from './TextsOf.tsx'

type Props = {
  readonly texts: LetterSettings['texts']
  readonly language: string
  readonly readOnly: boolean
  readonly faults: readonly LetterFault[]
  readonly onLanguage: (language: string) => void
  readonly onChange: (texts: Texts[]) => void
}

const mostLanguages = 20

/** The texts of letter and mail, a tab for each language. */
export const LetterTexts = ({ texts, language, readOnly, faults, onLanguage, onChange }: Props) => {
  const [first] = texts
  const others = texts.filter(one => one.language !== language)
  const name = languageName(language)
  return (
    <Panel title={t('letter.texts')}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('letter.textsText')}
        </Text>
        <Tabs value={language} onChange={next => next && onLanguage(next)} keepMounted={false}>
          <Tabs.List aria-label={t('letter.languages')}>
            {texts.map((one, at) => (
              <Tabs.Tab key={one.language} value={one.language}>
                {languageName(one.language)} {at === 0 && texts.length > 1 && <Tag>{t('letter.first')}</Tag>}{' '}
                {faults.some(fault => fault.language === one.language) && (
                  <Tag tone="bad">{t('letter.withMistake')}</Tag>
                )}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {texts.map(one => (
            <Tabs.Panel key={one.language} value={one.language} pt="md">
              <TextsOf
                texts={one}
                readOnly={readOnly}
                faults={faults.filter(fault => fault.language === one.language)}
                onChange={next => onChange(texts.map(old => (old.language === one.language ? next : old)))}
              />
            </Tabs.Panel>
          ))}
        </Tabs>
        {!readOnly && (
          <Group gap="sm" align="flex-end">
            {texts.length < mostLanguages && first && (
              <AddLanguage
                taken={texts.map(one => one.language)}
                onAdd={added => {
                  onChange([...texts, { ...first, language: added }])
                  onLanguage(added)
                }}
              />
            )}
            {first && first.language !== language && (
              <Button
                variant="default"
                onClick={() => onChange([...texts.filter(one => one.language === language), ...others])}
              >
                {t('letter.makeFirst', { language: name })}
              </Button>
            )}
            {others[0] && (
              <Button
                variant="subtle"
                color="red"
                onClick={() => {
                  onLanguage(others[0]?.language ?? language)
                  onChange(others)
                }}
              >
                {t('letter.remove', { language: name })}
              </Button>
            )}
          </Group>
        )}
      </Stack>
    </Panel>
  )
}
