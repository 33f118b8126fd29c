import type { Block, Row, Sheet } from './layout.ts'

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
const INK = '#1c2421'
const SOFT = '#56605b'
const RULE = '#dfe3e0'
const GREEN = '#17603f'

const DARK = [
  '.page{background:#141816!important}',
  '.card{background:#1f2522!important}',
  '.ink,.ink a{color:#eef2ef!important}',
  '.soft,.soft a{color:#b4beb8!important}',
  '.rule{border-color:#3b4440!important}',
  '.ink a.action{background:#8fd6b0!important;color:#0d1f16!important}',
].join('')

const PRESENTATION = 'role="presentation" cellpadding="0" cellspacing="0" border="0"'

/** Makes data harmless inside HTML, in text as in attributes. */
export function escapeHtml(text: string): string {
  const names: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
  return text.replace(/[&<>"']/g, (letter) => names[letter] ?? '')
}

/** The letter as HTML: one column of 600 px, readable without images and in the dark. */
export function htmlOf(sheet: Sheet): string {
  const { subject, preheader, site } = sheet
  return `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(subject)}</title>
<style>:root{color-scheme:light dark}@media (prefers-color-scheme:dark){${DARK}}</style>
</head>
<body class="page" style="margin:0;padding:0;background:#f3f5f4">
<div style="display:none;max-height:0;overflow:hidden">${escapeHtml(preheader)}</div>
<table ${PRESENTATION} width="100%" class="page" style="background:#f3f5f4"><tr><td align="center" style="padding:24px 12px">
<table ${PRESENTATION} width="600" class="card" style="width:100%;max-width:600px;background:#ffffff;border-radius:10px">
<tr><td class="ink" style="padding:28px 32px 0;${FONT};font-size:16px;line-height:22px;font-weight:700;color:${GREEN}"><a href="${escapeHtml(site.url)}" style="color:${GREEN};text-decoration:none">${escapeHtml(site.name)}</a></td></tr>
${sheet.blocks.map(blockRow).join('\n')}
<tr><td style="padding:0 0 28px;font-size:0;line-height:0">&nbsp;</td></tr>
</table>
${footerTable(sheet)}
</td></tr></table>
</body>
</html>
`
}

function footerTable({ footer, privacyUrl }: Sheet): string {
  return `<table ${PRESENTATION} width="600" style="width:100%;max-width:600px">
<tr><td class="soft" style="padding:20px 32px 0;${FONT};font-size:14px;line-height:21px;color:${SOFT}">${escapeHtml(footer)} <a href="${escapeHtml(privacyUrl)}" style="color:${SOFT}">Vos données</a></td></tr>
</table>`
}

function blockRow(block: Block, index: number): string {
  const news = index === 0
  const size = news ? 'font-size:20px;line-height:29px;font-weight:600' : 'font-size:16px;line-height:25px'
  return `<tr><td class="ink" style="padding:${news ? 16 : 20}px 32px 0;${FONT};${size};color:${INK}">${blockHtml(block)}</td></tr>`
}

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'text':
      return escapeHtml(block.text)
    case 'link':
      return linkHtml(block)
    case 'lines':
      return titleHtml(block.title) + block.lines.map(escapeHtml).join('<br>')
    case 'rows':
      return `${titleHtml(block.title)}<table ${PRESENTATION} width="100%">${block.rows.map(rowHtml).join('')}</table>`
  }
}

/** Only the web is linked to; any other address is shown as it is. */
function linkHtml({ label, url, main }: Extract<Block, { kind: 'link' }>): string {
  if (!/^https?:\/\//i.test(url)) return escapeHtml(`${label} : ${url}`)
  const button = `display:inline-block;background:${GREEN};color:#ffffff;padding:11px 22px;border-radius:6px;text-decoration:none;font-weight:600`
  const look = main ? `class="action" style="${button}"` : `style="color:${GREEN};text-decoration:underline"`
  return `<a href="${escapeHtml(url)}" ${look}>${escapeHtml(label)}</a>`
}

const titleHtml = (title: string): string =>
  `<div class="soft" style="font-size:14px;line-height:22px;color:${SOFT};padding-bottom:4px">${escapeHtml(title)}</div>`

function rowHtml({ label, value, strong }: Row): string {
  const cell = `font-size:16px;line-height:24px;color:${INK};border-top:1px solid ${RULE};padding:8px 0${strong ? ';font-weight:700' : ''}`
  return (
    `<tr><td class="ink rule" style="${FONT};${cell}">${escapeHtml(label)}</td>` +
    `<td class="ink rule" align="right" style="${FONT};${cell};padding-left:16px;white-space:nowrap">${escapeHtml(value)}</td></tr>`
  )
}
