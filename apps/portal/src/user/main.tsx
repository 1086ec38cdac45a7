import '../theme/base.css'
import './user.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'

// The tokens of theme/base.css know light and dark by the attribute that the component library of the other pages sets.
const dark = matchMedia('(prefers-color-scheme: dark)')
const colour = () => document.documentElement.setAttribute('data-mantine-color-scheme', dark.matches ? 'dark' : 'light')
dark.addEventListener('change', colour)
colour()

const root = document.getElementById('root')
if (!root) throw new Error('The page has no #root element.')
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
