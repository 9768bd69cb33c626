/** Something on the page that is drawn at its width and drawn again when the reader's choice changes. */
export interface Painting {
  readonly element: HTMLElement
  readonly paint: () => void
}

export interface Painter {
  /** Draws everything anew: what is on the screen at once, the rest one by one while the browser is free. */
  readonly repaint: () => void
}

/** `paintings` tells what is on the page now. */
export const openPainter = (paintings: () => ReadonlyArray<Painting>): Painter => {
  let waiting = new Set<Painting>()
  let timer: ReturnType<typeof setTimeout> | undefined
  const paint = (painting: Painting) => {
    waiting.delete(painting)
    painting.paint()
  }
  const isOnScreen = ({ element }: Painting) => {
    const { top, bottom } = element.getBoundingClientRect()
    return bottom > 0 && top < innerHeight
  }
  const paintOne = () => {
    timer = undefined
    const [next] = waiting
    if (next === undefined) return
    paint(next)
    timer = setTimeout(paintOne)
  }
  const repaint = () => {
    const now = paintings()
    waiting = new Set(now)
    now.filter(isOnScreen).forEach(paint)
    timer ??= setTimeout(paintOne)
  }
  addEventListener("beforeprint", () => [...waiting].forEach(paint))
  let width = 0
  new ResizeObserver(() => {
    if (document.documentElement.clientWidth === width) return
    width = document.documentElement.clientWidth
    repaint()
  }).observe(document.documentElement)
  return { repaint }
}
