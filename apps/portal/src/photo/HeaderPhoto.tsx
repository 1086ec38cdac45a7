import { routes } from 'virtual:contract'
import type { User } from '@cardwright/contract'
import { IconCamera } from '@tabler/icons-react'
import { useState } from 'react'
import { useMayCall } from '../api/session.ts'
import { t } from '../texts/t.ts'
import { ChangePhotoDialog } from './ChangePhotoDialog.tsx'
import css from './Photo.module.css'
import { UserPhoto } from './UserPhoto.tsx'

/** The photo at the head of a user's page; whoever may change it does so by clicking on it. */
export const HeaderPhoto = ({ user }: { readonly user: User }) => {
  const mayCall = useMayCall()
  const [changing, setChanging] = useState(false)
  if (!mayCall(routes.putPhoto)) return <UserPhoto user={user} />
  const verb = t(user.photoAt ? 'photo.change' : 'photo.add')
  return (
    <>
      <div className={css.changeable}>
        <UserPhoto user={user} />
        <button
          type="button"
          className={css.change}
          aria-label={t('photo.verbOf', { verb, user: user.displayName })}
          title={verb}
          onClick={() => setChanging(true)}
        >
          <span className={css.sign}>
            <IconCamera size={16} aria-hidden />
          </span>
        </button>
      </div>
      {changing && <ChangePhotoDialog user={user} onClose={() => setChanging(false)} />}
    </>
  )
}
