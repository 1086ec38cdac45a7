import { StateBadge } from '../parts/StateBadge.tsx'
import { t } from '../texts/t.ts'

export const UserStatus = ({ status }: { readonly status: 'ACTIVE' | 'DISABLED' }) => (
  <StateBadge
    face={
      status === 'ACTIVE'
        ? { word: t('users.ACTIVE'), tone: 'ok', icon: 'check' }
        : { word: t('users.DISABLED'), tone: 'quiet', icon: 'end' }
    }
  />
)
