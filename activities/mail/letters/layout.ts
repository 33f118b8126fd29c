// Placeholder: to be replaced whole by the real letters.
export interface SiteIdentity {
  name: string
  url: string
  seller: { name: string; address: string; siren: string }
  contactEmail: string
  contactPhone: string
  privacyUrl: string
  termsUrl: string
  withdrawalUrl: string
}
