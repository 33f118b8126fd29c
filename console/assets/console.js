// Reads <main> anew every few seconds, while nobody works in it. Without this script every page works the same.
const SCRIPT_WORDS = { on: 'Mise à jour automatique', stop: 'Suspendre', go: 'Reprendre', off: 'Mise à jour suspendue' }

const isRefreshed = () => document.querySelector('main[data-refresh]') !== null

/** Somebody writes, has written, chooses, selects text, or stands in the main part with the keyboard. */
function isBusy(main) {
  const focused = document.activeElement
  if (focused && focused !== main && main.contains(focused)) return true
  if (String(getSelection()) !== '') return true
  return [...main.querySelectorAll('input, select, textarea')].some((field) =>
    field.matches('select')
      ? [...field.options].some((option) => option.selected !== option.defaultSelected && (option.defaultSelected || option.value))
      : field.type === 'checkbox' || field.type === 'radio'
        ? field.checked !== field.defaultChecked
        : field.value !== field.defaultValue,
  )
}

async function refresh() {
  const main = document.querySelector('main')
  if (document.hidden || isBusy(main)) return
  const reply = await fetch(location.href, { headers: { accept: 'text/html' }, credentials: 'same-origin', cache: 'no-store' })
  if (!reply.ok) return
  if (reply.redirected) return location.reload() // the session has ended: the sign-in page asks again
  const page = new DOMParser().parseFromString(await reply.text(), 'text/html')
  const fresh = page.querySelector('main')
  if (!fresh || isBusy(main)) return
  const open = [...main.querySelectorAll('details[open][id]')].map(({ id }) => id)
  for (const details of fresh.querySelectorAll('details[id]')) details.open = details.open || open.includes(details.id)
  if (fresh.textContent !== main.textContent) main.replaceChildren(...fresh.childNodes)
  const [was, is] = [document.querySelector('nav.pages'), page.querySelector('nav.pages')]
  if (was && is && was.textContent !== is.textContent && !was.contains(document.activeElement)) was.replaceChildren(...is.childNodes)
}

/** A switch at the foot of the page: what changes by itself can be stopped, and is for whoever wants less motion. */
function offerSwitch(seconds) {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
  let running = sessionStorage.getItem('refresh') ? sessionStorage.getItem('refresh') === 'on' : !calm
  const [foot, words, button] = ['footer', 'span', 'button'].map((name) => document.createElement(name))
  foot.className = 'fresh'
  button.type = 'button'
  button.className = 'small quiet'
  const show = () => {
    words.textContent = running ? `${SCRIPT_WORDS.on} toutes les ${seconds}\u00a0s` : SCRIPT_WORDS.off
    button.textContent = running ? SCRIPT_WORDS.stop : SCRIPT_WORDS.go
  }
  button.addEventListener('click', () => {
    running = !running
    sessionStorage.setItem('refresh', running ? 'on' : 'off')
    show()
  })
  show()
  foot.append(words, button)
  document.body.append(foot)
  setInterval(() => running && refresh().catch(() => undefined), seconds * 1000)
}

if (isRefreshed()) offerSwitch(Number(document.querySelector('main').dataset.refresh))

// A box that stands for all boxes of a name in its form ticks them too, and gives up when one of them is unticked.
document.addEventListener('change', ({ target }) => {
  const boxes = (name) => [...target.form.querySelectorAll(`input[type="checkbox"][name="${name}"]`)]
  if (!target.form || target.type !== 'checkbox') return
  if (target.dataset.all) for (const box of boxes(target.dataset.all)) box.checked = target.checked
  const whole = target.form.querySelector(`input[data-all="${target.name}"]`)
  if (whole && !target.checked) whole.checked = false
})
