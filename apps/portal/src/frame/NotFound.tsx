import { Container } from '@mantine/core'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { PageHeader } from '../parts/PageHeader.tsx'
import { Door } from '../sign-in/Door.tsx'
import { t } from '../texts/t.ts'

const home = () => <AnchorLink to="/operator">{t('nav.home')}</AnchorLink>

/** Within the frame, which has the landmarks. */
export const NotFound = () => (
  <Container py="xl" size="sm">
    <PageHeader title={t('error.notFound.title')} lead={t('error.notFound.advice')} />
    {home()}
  </Container>
)

/** An address that belongs to no part of the portal: a page of its own. */
export const NoSuchAddress = () => (
  <Door title={t('error.notFound.title')} lead={t('error.notFound.advice')}>
    {home()}
  </Door>
)
