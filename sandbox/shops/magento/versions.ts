/** The versions of Magento that the sandbox can be. */
export type Version = '2.3.7' | '2.4.6' | '2.4.7' | '2.4.8'

/** What differs between the versions. */
export interface Habits {
  /** The access token of an integration is enough as Bearer. */
  takesBearer: boolean
  signatures: Record<string, 'sha1' | 'sha256'>
  /** Past the last page, the last page comes again. */
  repeatsLastPage: boolean
  /** Status of a comment: any text and a missing one wipes the order's; only the same; any of the current state. */
  commentStatus: 'any' | 'same' | 'of-state'
}

const sha256 = { 'HMAC-SHA256': 'sha256' } as const
const recent = { takesBearer: false, signatures: sha256, repeatsLastPage: false } as const

/** The habits of each version. */
export const HABITS: Record<Version, Habits> = {
  '2.3.7': {
    takesBearer: true,
    signatures: { 'HMAC-SHA1': 'sha1', ...sha256 },
    repeatsLastPage: true,
    commentStatus: 'any',
  },
  '2.4.6': { ...recent, commentStatus: 'any' },
  '2.4.7': { ...recent, commentStatus: 'same' },
  '2.4.8': { ...recent, commentStatus: 'of-state' },
}
