import type { WebOrder } from '../../../domain/order.ts'
import type { Letter } from '../mailer.ts'
import { htmlOf } from './html.ts'
import { clean } from './words.ts'

/** How a site signs its letters. */
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

/** One piece of a letter, the same in text and in HTML; a link says where it leads, `main` is the letter's one action. */
export type Block =
  | { kind: 'text'; text: string }
  | { kind: 'link'; label: string; url: string; main?: true }
  | { kind: 'lines'; title: string; lines: string[] }
  | { kind: 'rows'; title: string; rows: Row[] }

/** A label with what stands at the end of its line. */
export interface Row {
  label: string
  value: string
  strong?: true
}

/** A letter before it is laid out; the first subject under 60 characters is taken. */
export interface Draft {
  subjects: [string, ...string[]]
  /** What mail readers show beside the subject. */
  preheader: string
  blocks: Block[]
  order: WebOrder
  site: SiteIdentity
}

/** Everything a renderer needs: cleaned words, and nothing left to decide. */
export interface Sheet {
  subject: string
  preheader: string
  blocks: Block[]
  site: { name: string; url: string }
  footer: string
  privacyUrl: string
}

/** Lays a letter out, as text and as HTML. */
export function layOut({ subjects, preheader, blocks, order, site }: Draft): Letter {
  const sheet: Sheet = {
    subject: clean(subjects.find((subject) => clean(subject).length < 60) ?? subjects[0]).slice(0, 59),
    preheader: clean(preheader),
    blocks: blocks.map(cleanBlock),
    site: { name: clean(site.name), url: site.url },
    footer: clean(footerOf(order, site)),
    privacyUrl: site.privacyUrl,
  }
  return { subject: sheet.subject, text: textOf(sheet), html: htmlOf(sheet) }
}

function footerOf({ number }: WebOrder, { name, seller, contactEmail, contactPhone }: SiteIdentity): string {
  return (
    `Vous recevez ce message parce que vous avez passé la commande ${number} sur ${name}. ` +
    `Ce n’est pas un message publicitaire. ${seller.name}, ${seller.address}, SIREN ${seller.siren}. ` +
    `Contact : ${contactEmail}, ${contactPhone}.`
  )
}

function cleanBlock(block: Block): Block {
  switch (block.kind) {
    case 'text':
      return { ...block, text: clean(block.text) }
    case 'link':
      return { ...block, label: clean(block.label), url: clean(block.url).replaceAll(' ', '%20') }
    case 'lines':
      return { ...block, title: clean(block.title), lines: block.lines.map(clean).filter(Boolean) }
    case 'rows':
      return { ...block, rows: block.rows.map((row) => ({ ...row, label: clean(row.label), value: clean(row.value) })) }
  }
}

function textOf({ blocks, site, footer, privacyUrl }: Sheet): string {
  const signature = `${site.name}\n${site.url}`
  return `${[...blocks.map(textBlock), signature, `--\n${footer}\nVos données : ${privacyUrl}`].join('\n\n')}\n`
}

function textBlock(block: Block): string {
  switch (block.kind) {
    case 'text':
      return block.text
    case 'link':
      return `${block.label} : ${block.url}`
    case 'lines':
      return [block.title, ...block.lines.map((line) => `  ${line}`)].join('\n')
    case 'rows':
      return [block.title, ...block.rows.map(({ label, value }) => `  ${label} : ${value}`)].join('\n')
  }
}
