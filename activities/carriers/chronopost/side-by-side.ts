/** Does something for each of some things, at most `width` at a time; the answers keep the order, a failure is one of them. */
export async function sideBySide<T, A>(
  things: readonly T[],
  { width, act }: { width: number; act: (thing: T) => Promise<A> },
): Promise<PromiseSettledResult<A>[]> {
  const answers: PromiseSettledResult<A>[] = []
  const entries = things.entries()
  const work = async (): Promise<void> => {
    for (const [i, thing] of entries)
      [answers[i]] = (await Promise.allSettled([act(thing)])) as [PromiseSettledResult<A>]
  }
  await Promise.all(Array.from({ length: width }, work))
  return answers
}

/** The same, where one failure fails all. */
export async function eachOf<T, A>(things: readonly T[], act: (thing: T) => Promise<A>): Promise<A[]> {
  const answers = await sideBySide(things, { width: 4, act })
  return answers.map((answer) => {
    if (answer.status === 'rejected') throw answer.reason
    return answer.value
  })
}
