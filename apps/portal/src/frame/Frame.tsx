import { routes } from 'virtual:contract'
import { AppShell, Burger, Group } from '@mantine/core'
import { useDisclosure, useLocalStorage, useMediaQuery } from '@mantine/hooks'
import { Outlet, useRouterState } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useMay, useSession } from '../api/session.ts'
import { Tag } from '../parts/Tag.tsx'
import { t } from '../texts/t.ts'
import { WorkstationProvider } from '../workstation/WorkstationProvider.tsx'
import css from './Frame.module.css'
import { OfflineBanner } from './OfflineBanner.tsx'
import { OperatorMenu } from './OperatorMenu.tsx'
import { Rail } from './Rail.tsx'
import { SearchBox } from './SearchBox.tsx'
import { Workstation } from './Workstation.tsx'

/** Rail, search, workstation, operator: around every page of the portal. */
export const Frame = () => {
  const session = useSession()
  const may = useMay()
  const [opened, { toggle, close }] = useDisclosure(false)
  const [collapsed, setCollapsed] = useLocalStorage({ key: 'cardwright.rail-collapsed', defaultValue: false })
  const narrow = useMediaQuery('(max-width: 61.99em)') ?? false
  const pathname = useRouterState({ select: state => state.location.pathname })
  const main = useRef<HTMLElement>(null)

  // A new page starts at its head for keyboard and screen reader, as a page load would.
  const shown = useRef(pathname)
  useEffect(() => {
    if (shown.current === pathname) return
    shown.current = pathname
    close()
    main.current?.focus({ preventScroll: true })
  }, [pathname, close])

  const small = collapsed && !narrow
  return (
    <WorkstationProvider door="operator" enabled={may(routes.listReaders.access)}>
      <AppShell
        header={{ height: 56 }}
        navbar={{ width: small ? 64 : 232, breakpoint: 'md', collapsed: { mobile: !opened } }}
        padding={0}
        transitionDuration={0}
      >
        <a href="#content" className={css.skip}>
          {t('app.skip')}
        </a>
        <AppShell.Header className={css.header}>
          <Group h="100%" px="md" gap="sm" wrap="nowrap">
            <Burger
              opened={opened}
              onClick={toggle}
              hiddenFrom="md"
              size="sm"
              aria-label={t(opened ? 'nav.close' : 'nav.open')}
            />
            <div className={css.brand}>
              <img src="/favicon.svg" width={26} height={26} alt={t('app.name')} />
              <span className={css.organisation}>{session.organisation}</span>
              {session.demo && <Tag tone="info">{t('demo.badge')}</Tag>}
            </div>
            <SearchBox />
            <Workstation />
            <OperatorMenu />
          </Group>
        </AppShell.Header>
        <AppShell.Navbar className={css.rail}>
          <Rail small={small} canCollapse={!narrow} onCollapse={() => setCollapsed(!collapsed)} />
        </AppShell.Navbar>
        <AppShell.Main className={css.main} id="content" aria-labelledby="page-title" tabIndex={-1} ref={main}>
          <OfflineBanner />
          {session.warnings.length > 0 && (
            <p className={css.defaults}>
              <strong>{t('warnings.title')}:</strong> {session.warnings.join(' ')}
            </p>
          )}
          <div className={css.page}>
            <Outlet />
          </div>
          <div id="dropdowns" />
        </AppShell.Main>
      </AppShell>
    </WorkstationProvider>
  )
}
