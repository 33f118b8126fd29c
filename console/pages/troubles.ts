import { html } from 'hono/html'
import type { PageKit } from '../kit.ts'
import type { Visit } from '../options.ts'
import { hidden } from './parts.ts'

/** Said when an action does not come from a page of the console. */
export const foreign =
  (kit: PageKit) =>
  (c: Visit): Promise<Response> =>
    trouble(kit, c, {
      status: 403,
      title: 'Action refusée',
      text: 'Cette action ne vient pas d’une page de ce connecteur. Ouvrez la page voulue, puis recommencez.',
    })

/** Said when what was asked cannot be read. */
export const unreadable = (kit: PageKit, c: Visit): Promise<Response> =>
  trouble(kit, c, {
    status: 400,
    title: 'Demande illisible',
    text: 'Cette demande contient des signes ou une date impossibles, ou trop de données. Corrigez-la, puis recommencez.',
  })

/** Said when there is no such page. */
export const missing = (kit: PageKit, c: Visit): Promise<Response> =>
  trouble(kit, c, {
    status: 404,
    title: 'Page introuvable',
    text: 'Cette adresse ne correspond à rien. Le lien est peut-être ancien.',
  })

/** Said when the console itself failed; the reference finds the cause in its log. */
export const crashed = (kit: PageKit, c: Visit, reference: string): Promise<Response> | Response => {
  const text = `Rien n’a été perdu. Réessayez ; si le problème persiste, donnez la référence ${reference} à votre service informatique.`
  return trouble(kit, c, { status: 500, title: 'Un problème est survenu', text }).catch(() =>
    c.text(`Un problème est survenu (${reference}).`, 500),
  )
}

/** Said when Temporal did not answer a person in time: the very same request can be sent again without harm. */
export function silent(
  kit: PageKit,
  c: Visit,
  o: { action: string; fields: Record<string, string>; back: string },
): Promise<Response> {
  const main = html`
    <div class="card narrow">
      <h1>Le moteur ne répond pas</h1>
      <p>Votre demande n’a pas reçu de réponse à temps. Elle a peut-être été prise en compte, peut-être pas.</p>
      <p><strong>Vous pouvez réessayer sans crainte : la même demande ne compte qu’une fois.</strong> Si le moteur ne répond toujours pas, prévenez votre service informatique : les traitements (workers) ou le serveur Temporal sont arrêtés.</p>
      <form method="post" action="${o.action}" class="actions">
        ${hidden(o.fields)}
        <button class="primary" type="submit">Réessayer</button>
        <a class="button" href="${o.back}">Revenir sans réessayer</a>
      </form>
    </div>`
  return kit.render(c, { title: 'Le moteur ne répond pas', main, status: 503 })
}

/** Said when nobody answered a question in time: nothing was asked to change. */
export function unanswered(kit: PageKit, c: Visit, o: { again: string; back: string }): Promise<Response> {
  const main = html`
    <div class="card narrow">
      <h1>Le moteur ne répond pas</h1>
      <p>La question n’a pas reçu de réponse à temps. <strong>Rien n’a été changé ni acheté.</strong></p>
      <p>Si cela dure, prévenez votre service informatique : les traitements (workers) ou le serveur Temporal sont arrêtés.</p>
      <p class="actions"><a class="button primary" href="${o.again}">Réessayer</a> <a class="button" href="${o.back}">Revenir</a></p>
    </div>`
  return kit.render(c, { title: 'Le moteur ne répond pas', main, status: 503 })
}

function trouble(
  kit: PageKit,
  c: Visit,
  o: { status: 400 | 403 | 404 | 500; title: string; text: string },
): Promise<Response> {
  const main = html`
    <div class="card narrow">
      <h1>${o.title}</h1>
      <p>${o.text}</p>
      <p><a class="button" href="/">Revenir au rapport</a></p>
    </div>`
  return kit.render(c, { title: o.title, main, status: o.status })
}
