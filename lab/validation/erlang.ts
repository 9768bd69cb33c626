/** Erlang's B formula by its recursion: the chance that all servers are busy where nobody waits. */
export const erlangB = (servers: number, load: number): number => {
  let blocked = 1
  for (let server = 1; server <= servers; server++) blocked = (load * blocked) / (server + load * blocked)
  return blocked
}

/** Erlang's C formula: the chance to wait. */
export const erlangC = (servers: number, load: number): number => {
  const blocked = erlangB(servers, load)
  return blocked / (1 - (load / servers) * (1 - blocked))
}
