import { Hono } from 'hono'
import { z } from 'zod'
import { cancel } from '../cancelling.ts'
import { makeDeliveryNote } from '../deliveries.ts'
import { invoice } from '../invoices.ts'
import { prepare } from '../orders.ts'
import { Problem } from '../problems.ts'
import type { World } from '../world.ts'
import { branchPage } from './view.ts'

const form = z.object({
  numero: z.string().max(30),
  colis: z.enum(['1', '2']).default('1'),
  reliquat: z.literal('oui').optional(),
  motif: z.string().trim().max(500).default(''),
})

type Form = z.infer<typeof form>

const ACTS: Record<string, (world: World, form: Form) => string> = {
  preparer: (world, { numero }) => {
    prepare(world, numero)
    return `${numero} est en préparation`
  },
  livrer: (world, { numero, colis, reliquat }) => {
    const note = makeDeliveryNote(world, numero, { parcels: colis === '2' ? 2 : 1, backOrder: reliquat === 'oui' })
    return `${numero} : bon de livraison ${note.numero} prêt`
  },
  facturer: (world, { numero }) => `${numero} : facture ${invoice(world, numero).document.numero} émise`,
  annuler: (world, { numero, motif }) => {
    if (motif === '') throw new Problem('champ_invalide', 'indiquez le motif de l’annulation', '/motif')
    cancel(world, numero, motif)
    return `${numero} est annulée`
  },
}

/** The page of the branch at `/`, and its forms. */
export function pageRoutes(world: World): Hono {
  const pages = new Hono()
  pages.get('/', (c) => {
    c.header(
      'Content-Security-Policy',
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'",
    )
    return c.html(branchPage(world, { done: c.req.query('fait'), refused: c.req.query('refus') }))
  })
  pages.post('/_page/:acte', async (c) => {
    const parsed = form.safeParse(await c.req.parseBody())
    const act = Object.hasOwn(ACTS, c.req.param('acte')) ? ACTS[c.req.param('acte')] : undefined
    if (!act || !parsed.success) return c.text('Formulaire illisible', 400)
    const { numero } = parsed.data
    return c.redirect(
      `/?${new URLSearchParams(perform(world, () => act(world, parsed.data)))}#${encodeURIComponent(numero)}`,
      303,
    )
  })
  return pages
}

function perform(world: World, act: () => string): Record<string, string> {
  try {
    const fait = act()
    world.save()
    return { fait }
  } catch (error) {
    if (error instanceof Problem) return { refus: error.message }
    throw error
  }
}
