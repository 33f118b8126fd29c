import { raw } from 'hono/html'

/** The look of the branch page: one column on a phone, readable in light and dark, focus always visible. */
export const style = raw(`
:root { color-scheme: light dark; --line: color-mix(in srgb, CanvasText 20%, Canvas); --soft: color-mix(in srgb, CanvasText 6%, Canvas) }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 60rem; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; background: Canvas; color: CanvasText }
h1 { font-size: 1.5rem; margin: 0 0 .25rem } h2 { font-size: 1.125rem; margin: 0 } p { margin: .25rem 0 }
.skip { position: absolute; left: -99rem } .skip:focus { position: static }
:focus-visible { outline: 3px solid Highlight; outline-offset: 2px }
article { border: 1px solid var(--line); border-radius: .5rem; padding: 1rem; margin: 1rem 0; scroll-margin-top: 1rem }
article:target { border-color: Highlight }
header.order { display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: baseline; justify-content: space-between }
.status { border: 1px solid var(--line); border-radius: 1rem; padding: .125rem .75rem; background: var(--soft); white-space: nowrap }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .125rem 1rem; margin: .75rem 0 }
dt { opacity: .75 } dd { margin: 0; overflow-wrap: anywhere } dd p:first-child { margin-top: 0 }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr } dd { margin-bottom: .5rem } }
.acts { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end }
form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; margin: 0 }
label { display: inline-flex; gap: .375rem; align-items: center; min-height: 2.75rem }
button, input[type=text], select { font: inherit; min-height: 2.75rem; padding: .375rem .75rem; border-radius: .375rem; border: 1px solid var(--line) }
input[type=checkbox] { inline-size: 1.25rem; block-size: 1.25rem }
.done, .refused { padding: .5rem .75rem; border: 1px solid var(--line); border-left: .375rem solid #1a7f37; border-radius: .375rem }
.refused { border-left-color: #b3261e }
`)
