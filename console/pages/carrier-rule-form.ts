import { html } from 'hono/html'
import { NO_METHOD } from '../../domain/carrier-choice.ts'
import { takesNoMethod } from '../../domain/carrier-rule-entry.ts'
import { methodName } from '../../domain/carrier-rule-words.ts'
import { servicesOf } from '../../domain/carrier-services.ts'
import { type FieldOptions, field, marksOf, option } from './carrier-rule-fields.ts'
import type { Desk, Editing } from './carrier-rules-draft.ts'
import { count, type Html } from './parts.ts'

interface FormOptions {
  desk: Desk
  carried: Html[]
  names: Record<string, string>
  /** Method codes that the site's orders and rules know. */
  methods: string[]
  carriers: string[]
}

/** The form of one rule: a new one behind a button, unless it has something in it already; a changed one in full sight. */
export function ruleForm(o: FormOptions): Html {
  const { index, entry, problems } = o.desk.editing
  if (index !== null)
    return html`
    <section class="card rule" id="regle" aria-labelledby="titre-regle">
      <h2 id="titre-regle">Modifier la règle ${index + 1}</h2>
      ${fields(o)}
    </section>`
  const isOpen = problems.length > 0 || entry.methods.length > 0
  return html`
    <details class="card rule" id="regle" ${isOpen ? html`open` : ''}>
      <summary class="button">Ajouter une règle</summary>
      ${fields(o)}
    </details>`
}

function fields(o: FormOptions): Html {
  const { editing, rules } = o.desk
  const { index, problems } = editing
  return html`
    <form method="post" action="/carrier-rules">
      ${o.carried}
      <p class="muted">Une condition laissée vide convient à toutes les commandes.</p>
      ${problems.length > 0 ? html`<p class="problem" role="alert">${count(problems.length, 'champ à corriger', 'champs à corriger')}.</p>` : ''}
      ${methodFields(o)}
      <div class="fields">
        ${field(editing, { name: 'countries', label: 'Pays de livraison', help: 'Noms ou codes, séparés par des virgules : Belgique, DE, LU.' })}
        ${pickupField(editing)}
      </div>
      <div class="fields">${MEASURES.map((measure) => field(editing, measure))}</div>
      <p class="muted">La limite basse est comprise, la limite haute ne l’est pas. Une commande dont le poids est inconnu n’est jamais prise par une règle qui a un poids : WooCommerce n’en donne pas.</p>
      <div class="fields">
        ${carrierField(editing, o.carriers)}
        ${field(editing, { name: 'service', label: 'Service', list: 'services', help: 'Code du service chez ce transporteur, par exemple DOM.' })}
        ${serviceList(o.carriers)}
        ${index === null && rules.length > 0 ? placeField(editing, rules.length) : ''}
      </div>
      <div class="actions">
        <button class="primary" type="submit" name="act" value="${actOf(editing)}">${index === null ? 'Ajouter au brouillon' : 'Changer dans le brouillon'}</button>
        ${index === null ? '' : html`<button type="submit" name="act" value="close" formnovalidate>Laisser comme avant</button>`}
      </div>
    </form>`
}

const actOf = ({ index }: Editing): string => (index === null ? 'add' : `put:${index}`)

const MEASURES: FieldOptions[] = [
  { name: 'weightFrom', label: 'Poids à partir de (kg)', isNumber: true },
  { name: 'weightTo', label: 'et à moins de (kg)', isNumber: true },
  { name: 'amountFrom', label: 'Total TTC à partir de (€)', isNumber: true },
  { name: 'amountTo', label: 'et à moins de (€)', isNumber: true },
]

function methodFields({ desk: { editing }, methods, names }: FormOptions): Html {
  const { entry } = editing
  const shown = methods.filter((code) => code !== NO_METHOD)
  const others = entry.methods.filter((code) => code !== NO_METHOD && !shown.includes(code))
  const marks = marksOf(editing, 'methods', true)
  const box = (name: string, value: string, label: string, isOn: boolean) =>
    html`<label class="check"><input type="checkbox" name="${name}" value="${value}" ${isOn ? html`checked` : ''}> ${label}</label>`
  return html`
    <fieldset class="methods">
      <legend>Modes de livraison de la boutique</legend>
      <div class="checks">
        ${shown.map((code) => box('methods', code, methodName(code, names), entry.methods.includes(code)))}
        ${box('noMethod', 'oui', 'Commandes sans mode de livraison', takesNoMethod(entry))}
      </div>
      <div class="field">
        <label for="f-methods">Autres codes</label>
        <input id="f-methods" name="otherMethods" value="${others.join(', ')}" autocomplete="off" spellcheck="false" ${marks.attributes}>
        <small id="h-methods">Codes de la boutique, séparés par des virgules. Rien de coché ni d’écrit : tous les modes.</small>
        ${marks.text}
      </div>
    </fieldset>`
}

function pickupField(editing: Editing): Html {
  const marks = marksOf(editing, 'pickup', false)
  const { pickup } = editing.entry
  return html`
    <div class="field">
      <label for="f-pickup">Point relais</label>
      <select id="f-pickup" name="pickup" ${marks.attributes}>
        ${option('', 'Avec ou sans', pickup)}${option('yes', 'Avec point relais', pickup)}${option('no', 'Sans point relais', pickup)}
      </select>
      ${marks.text}
    </div>`
}

function carrierField(editing: Editing, carriers: string[]): Html {
  const marks = marksOf(editing, 'carrier', false)
  const { carrier } = editing.entry
  const known = carriers.includes(carrier) || carrier === ''
  return html`
    <div class="field">
      <label for="f-carrier">Transporteur</label>
      <select id="f-carrier" name="carrier" ${marks.attributes}>
        ${carriers.length === 1 && carrier === '' ? '' : option('', 'Choisir…', carrier)}
        ${carriers.map((code) => option(code, code, carrier))}
        ${known ? '' : option(carrier, `${carrier} (non relié)`, carrier)}
      </select>
      ${marks.text}
    </div>`
}

function serviceList(carriers: string[]): Html {
  const services = carriers.flatMap((carrier) =>
    Object.entries(servicesOf(carrier)?.usual ?? {}).map(([code, words]) => [code, `${carrier} : ${words}`] as const),
  )
  return html`<datalist id="services">${services.map(([code, words]) => html`<option value="${code}">${words}</option>`)}</datalist>`
}

function placeField({ place }: Editing, size: number): Html {
  const places = Array.from({ length: size }, (_, i) => i)
  return html`
    <div class="field">
      <label for="f-place">Place dans la liste</label>
      <select id="f-place" name="place">
        ${option('', 'En dernier', String(place ?? ''))}
        ${places.map((i) => option(String(i), i === 0 ? 'En premier' : `Avant la règle ${i + 1}`, String(place ?? '')))}
      </select>
    </div>`
}
