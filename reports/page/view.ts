import { type Choices, type ViewState, formatViewState, parseViewState } from "../viewState.ts"

/** The reader's choices, and everyone who must follow them. */
export interface View {
  readonly state: () => ViewState
  /** Replaces some choices; undefined takes one back. */
  readonly choose: (choice: { readonly [K in keyof ViewState]?: ViewState[K] | undefined }) => void
  /** Calls back now and after every change, until what it returns is called. */
  readonly follow: (follower: (state: ViewState) => void) => () => void
}

export const openView = (choices: Choices): View => {
  let state = parseViewState(location.hash, choices)
  const followers = new Set<(state: ViewState) => void>()
  const tell = () => followers.forEach((follower) => follower(state))
  addEventListener("hashchange", () => {
    state = parseViewState(location.hash, choices)
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
      followers.add(follower)
      follower(state)
      return () => void followers.delete(follower)
    },
  }
}
