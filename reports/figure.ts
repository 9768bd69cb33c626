/** What a figure shows, as data. Drawing is done by `figures/`. */
import type { Step } from "../sim/stats/ecdf.ts"
import type { SeedSeries } from "./report.ts"

/** Colour and dash of a line, by their place in the palette. */
export type Style = number

/** Between two lines, from day to day. */
export interface Band {
  readonly low: ReadonlyArray<number>
  readonly high: ReadonlyArray<number>
}

export interface FanLine {
  readonly label: string
  readonly style: Style
  /** One value for each day's end, NaN where there is none. */
  readonly centre: ReadonlyArray<number>
  /** The outermost first. */
  readonly bands: ReadonlyArray<Band>
  readonly runs: ReadonlyArray<SeedSeries>
  /** Whether single runs are drawn, and not only the one that the reader picks. */
  readonly showsRuns: boolean
}

export interface ShockPeriod {
  readonly label: string
  readonly fromDay: number
  readonly toDay: number
}

/** Lines over the days of a run, each with its bands over seeds. */
export interface Fan {
  readonly kind: "fan"
  readonly heading: string
  readonly unit: string
  /** Values are changes and are written with their sign. */
  readonly isChange: boolean
  readonly days: number
  readonly lines: ReadonlyArray<FanLine>
  readonly shocks: ReadonlyArray<ShockPeriod>
  /** A horizontal line that means something, e.g. nothing gained. */
  readonly rule?: number
  /** The axis is logarithmic; what is not above 0 is not drawn. */
  readonly isLog?: boolean
  /** What was observed. */
  readonly points?: ReadonlyArray<{ readonly day: number; readonly value: number }>
}

export interface DistributionLine {
  readonly label: string
  readonly style: Style
  readonly count: number
  readonly steps: ReadonlyArray<Step>
  /** The same for each seed alone. */
  readonly bySeed: ReadonlyMap<string, ReadonlyArray<Step>>
}

/** Which share of a group lies at or below a value. */
export interface Distribution {
  readonly kind: "distribution"
  readonly heading: string
  readonly unit: string
  readonly lines: ReadonlyArray<DistributionLine>
}

export interface SpanRow {
  readonly label: string
  readonly style: Style
  readonly middle: number
  readonly low: number
  readonly high: number
  /** Missing where the row has only one interval. */
  readonly inner?: readonly [number, number]
  readonly text: string
  readonly bySeed: ReadonlyMap<string, number>
  /** Of a sweep. */
  readonly variant?: number
}

/** One row for each group: its middle and the interval around it. */
export interface Spans {
  readonly kind: "spans"
  readonly heading: string
  readonly unit: string
  readonly isChange: boolean
  readonly rows: ReadonlyArray<SpanRow>
  /** Both ends of the axis where a few extreme rows would squash the others. */
  readonly domain?: readonly [number, number]
}

export interface CurvePoint {
  /** Ends of the class. */
  readonly from: number
  readonly to: number
  readonly share: number
  readonly low: number
  readonly high: number
  readonly count: number
  readonly bySeed: ReadonlyMap<string, number>
}

export interface CurveLine {
  readonly label: string
  readonly style: Style
  readonly points: ReadonlyArray<CurvePoint>
}

/** Shares by classes of a number on a logarithmic axis, each with its interval. */
export interface Curve {
  readonly kind: "curve"
  readonly heading: string
  /** What the axis is. */
  readonly axis: string
  readonly lines: ReadonlyArray<CurveLine>
  /** Where theory has the share fall. */
  readonly rule: { readonly at: number; readonly label: string }
}

/** One colour for each pair of settings. */
export interface HeatCell {
  /** Places in `columns` and `rows`. */
  readonly column: number
  readonly row: number
  readonly value: number
  readonly detail: string
  readonly variant?: number
  /** 2 inside the region, 1 where that is not excluded, 0 outside. */
  readonly region: 0 | 1 | 2
}

/** A number over two settings, with a region drawn around. */
export interface Heat {
  readonly kind: "heat"
  readonly heading: string
  readonly unit: string
  readonly columnAxis: string
  readonly rowAxis: string
  readonly columns: ReadonlyArray<string>
  /** From the bottom up. */
  readonly rows: ReadonlyArray<string>
  readonly cells: ReadonlyArray<HeatCell>
}

/** Without its interval where the ends are NaN. */
export interface ScatterPoint {
  readonly x: number
  readonly y: number
  readonly xLow?: number
  readonly xHigh?: number
  readonly yLow?: number
  readonly yHigh?: number
  readonly style: Style
  /** Drawn as a ring. */
  readonly isHollow?: boolean
  /** Written beside the point. */
  readonly name?: string
  readonly heading: string
  readonly text: string
  readonly detail: string
  readonly variant?: number
}

export interface ScatterAxis {
  readonly unit: string
  /** Values are changes and are written with their sign. */
  readonly isChange?: boolean
  /** Values are sizes of changes: shares are told in points. */
  readonly isDistance?: boolean
  /** Values are counted: no tick stands between two of them. */
  readonly isWhole?: boolean
  /** Named places in the stead of numbers. */
  readonly names?: ReadonlyArray<{ readonly at: number; readonly name: string }>
  readonly domain?: readonly [number, number]
}

/** Points on two axes. */
export interface Scatter {
  readonly kind: "scatter"
  /** What the vertical axis is. */
  readonly heading: string
  readonly x: ScatterAxis & { readonly label: string }
  readonly y: ScatterAxis
  readonly points: ReadonlyArray<ScatterPoint>
  readonly paths: ReadonlyArray<{
    readonly style: Style
    readonly isStep?: boolean
    readonly points: ReadonlyArray<readonly [number, number]>
  }>
  /** Horizontal lines that mean something. */
  readonly rules: ReadonlyArray<number>
}

export interface Bar {
  readonly style: Style
  readonly name: string
  readonly to: number
  readonly low: number
  readonly high: number
}

/** Bars from one origin, several to a row. */
export interface Bars {
  readonly kind: "bars"
  readonly heading: string
  readonly unit: string
  readonly isChange: boolean
  readonly origin: number
  readonly rows: ReadonlyArray<{
    readonly label: string
    readonly text: string
    readonly bars: ReadonlyArray<Bar>
    /** Of everything between the bars' settings. */
    readonly extent?: readonly [number, number]
  }>
}

export type Figure = Fan | Distribution | Spans | Curve | Heat | Scatter | Bars
