import { Container } from '@mantine/core'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { Empty } from '../parts/Empty.tsx'
import { t } from '../texts/t.ts'

export const NotFound = () => (
  <Container py="xl" size="sm">
    <Empty
      title={t('error.notFound.title')}
      text={t('error.notFound.advice')}
      action={<AnchorLink to="/operator">{t('nav.home')}</AnchorLink>}
    />
  </Container>
)
