import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'
import { t } from '../texts/t.ts'

const teal: MantineColorsTuple = [
  '#e8f4f3',
  '#cfe6e4',
  '#a2cfcb',
  '#72b8b1',
  '#4ba59d',
  '#2f8f87',
  '#1b7a73',
  '#106a63',
  '#0b5a55',
  '#064642',
]
const gray: MantineColorsTuple = [
  '#f8f9f9',
  '#f1f2f3',
  '#e7e9ea',
  '#dadddf',
  '#c8cccf',
  '#a4aaae',
  '#747b80',
  '#5a6166',
  '#3f4549',
  '#25292c',
]
const dark: MantineColorsTuple = [
  '#dfe2e4',
  '#c2c7ca',
  '#a3aaae',
  '#7d858a',
  '#474e53',
  '#363c40',
  '#262b2e',
  '#1c2023',
  '#15181a',
  '#0e1112',
]

/** Lists that drop down belong to the page's landmarks. */
const dropdown = { comboboxProps: { portalProps: { target: '#dropdowns' } } }

export const theme = createTheme({
  primaryColor: 'teal',
  // Mantine's default shades fail contrast in places; shade 8 holds 4.5:1 with white in both schemes.
  primaryShade: { light: 8, dark: 8 },
  colors: { teal, gray, dark },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  defaultRadius: 'md',
  respectReducedMotion: true,
  cursorType: 'pointer',
  headings: {
    fontWeight: '650',
    sizes: { h1: { fontSize: '1.5rem', lineHeight: '1.3' }, h2: { fontSize: '1.125rem' } },
  },
  components: {
    Modal: {
      defaultProps: { centered: true, transitionProps: { duration: 150 } },
      styles: { title: { fontWeight: 650, fontSize: '1.125rem', lineHeight: 1.3 } },
    },
    Drawer: { styles: { title: { fontWeight: 650, fontSize: '1.125rem' } } },
    // A dialog's head is no banner of the page; without this a screen reader counts two.
    ModalHeader: { defaultProps: { role: 'presentation' } },
    DrawerHeader: { defaultProps: { role: 'presentation' } },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': t('common.close') } } },
    Tooltip: { defaultProps: { withArrow: true, events: { hover: true, focus: true, touch: true } } },
    // The first item takes the focus, not an empty place before it.
    Menu: {
      defaultProps: {
        shadow: 'md',
        transitionProps: { duration: 100 },
        withInitialFocusPlaceholder: false,
        portalProps: { target: '#dropdowns' },
      },
    },
    Select: { defaultProps: dropdown },
    MultiSelect: { defaultProps: dropdown },
  },
})

/** Secondary text and placeholders of Mantine are too pale for 4.5:1. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#5a6166',
    '--mantine-color-placeholder': '#6a7176',
    '--mantine-color-error': '#b42318',
    '--mantine-color-anchor': '#0b5a55',
  },
  dark: {
    '--mantine-color-dimmed': '#a3aaae',
    '--mantine-color-placeholder': '#969da2',
    '--mantine-color-error': '#ff9a8f',
    '--mantine-color-anchor': '#72b8b1',
  },
})
