import { XmlElement, XmlText } from 'libxml2-wasm'

/** One element of a request, without its namespace; `text` is what stands directly in it. */
export interface Element {
  name: string
  text: string
  children: Element[]
}

/** Copies an element out of the parser's memory. */
export function copyElement(source: XmlElement): Element {
  const children: Element[] = []
  let text = ''
  for (let node = source.firstChild; node !== null; node = node.next) {
    if (node instanceof XmlElement) children.push(copyElement(node))
    else if (node instanceof XmlText) text += node.content
  }
  return { name: source.name, text: children.length ? '' : text, children }
}

/** All children of this name, in order. */
export const childrenOf = (element: Element | undefined, name: string): Element[] =>
  element?.children.filter((child) => child.name === name) ?? []

/** The first child of this name. */
export const childOf = (element: Element | undefined, name: string): Element | undefined => childrenOf(element, name)[0]

/** The text of a child; an absent child and an empty one are the same to the carrier: "". */
export const textOf = (element: Element | undefined, name: string): string => childOf(element, name)?.text ?? ''

/** The texts of all children that hold one, by name. */
export const textsOf = (element: Element | undefined): Record<string, string> =>
  Object.fromEntries((element?.children ?? []).filter(({ text }) => text !== '').map(({ name, text }) => [name, text]))
