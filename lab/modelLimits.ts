/** What is modelled and not real, as every report says at its end. */
export const modelLimits: ReadonlyArray<string> = [
  "Real: every balance, stake, escrow, swap, reward, slash and burn is a call of a deployed contract on a local chain of its own. Modelled: everything that causes those calls.",
  "Jobs run in an event model, not on GPUs. Speed and power of each GPU class come from the profiles listed under Provenance, each figure with how it is known; none of them was measured by this project yet.",
  "Demand, electricity prices, hardware failures and the outside price of the token are random processes with the parameters of the scenario; they are assumptions, not forecasts.",
  "Agents follow fixed rules with drawn parameters. They collude only where a scenario gives them bribes or shared answers, do not invent strategies, and do not read this report.",
  "Gas is free unless the scenario names a chain. Then transactions are measured on the local chain and priced by that chain's formulas under assumed demand of others; it is paid in dollars once a day, and a dear block delays nobody.",
  "Intervals tell how much the result varies over the seeds. They say nothing about whether the assumptions hold.",
]
