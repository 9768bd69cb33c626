import { type ViewState, formatViewState, parseViewState } from "../viewState.ts"

/** The reader's choices, and everyone who must follow them. */
export interface View {
  readonly state: () => ViewState
  /** Replaces some choices; undefined takes one back. */
  readonly choose: (choice: { readonly [K in keyof ViewState]?: ViewState[K] | undefined }) => void
  /** Calls back now and after every change. */
  readonly follow: (follower: (state: ViewState) => void) => void
}

export const openView = (seeds: ReadonlyArray<string>): View => {
  let state = parseViewState(location.hash, seeds)
  const followers: Array<(state: ViewState) => void> = []
  const tell = () => followers.forEach((follower) => follower(state))
  addEventListener("hashchange", () => {
    state = parseViewState(location.hash, seeds)
    tell()
  })
  return {
    state: () => state,
    choose: (choice) => {
      const fields = Object.entries({ ...state, ...choice }).filter(([, value]) => value !== undefined)
      state = Object.fromEntries(fields)
      history.replaceState(null, "", formatViewState(state) || location.pathname + location.search)
      tell()
    },
    follow: (follower) => {
      followers.push(follower)
      follower(state)
    },
  }
}
