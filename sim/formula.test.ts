import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { FormulaInvalid, parseFormula } from "./formula.ts"
import { pow } from "./maths.ts"

const valueOf = (text: string, epoch = 0) => parseFormula(text, ["epoch"])(epoch)

describe("a formula", () => {
  test.each([
    ["4000 * 0.5 ^ (epoch / 365)", 730, 1000],
    ["1 + 2 * 3 - 4 / 8", 0, 6.5],
    ["-2 ^ 2", 0, -4],
    ["2 ^ 3 ^ 2", 0, 512],
    ["2 ^ -1", 0, 0.5],
    ["(1 + 2) * -(3 - 5)", 0, 6],
    ["epoch < 30 ? 1000 : epoch < 60 ? 500 : 0", 45, 500],
    ["(epoch >= 10) * 7", 10, 7],
    ["(epoch == 3) + (epoch != 3)", 3, 1],
    ["max(0, 100 - epoch)", 130, 0],
    ["min(3, 1, 2)", 0, 1],
    ["clamp(epoch, 5, 9)", 12, 9],
    ["floor(7.9) + ceil(7.1) + abs(-1) + sqrt(9)", 0, 19],
    ["ln(e) + cos(pi) + sin(0) + exp(0)", 0, 1],
    ["pow(2, 10)", 0, 1024],
    [".5e1 + 1E-1 + 2.", 0, 7.1],
    ["epoch\n  * 2\r\n\t+ 1", 4, 9],
    ["+epoch", 4, 4],
  ])("%s at %d is %d", (text, epoch, value) => {
    expect(valueOf(text, epoch)).toBeCloseTo(value, 12)
  })

  test("has the bits of our maths, and takes its variables by place", () => {
    expect(valueOf("0.9997 ^ epoch", 4_321)).toBe(pow(0.9997, 4_321))
    expect(parseFormula("day - epoch", ["epoch", "day"])(2, 7)).toBe(5)
  })

  test("of sums and products is what its tree says", () => {
    const tree = fc.letrec<{ tree: { text: string; value: number } }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.nat({ max: 99 }).map((value) => ({ text: `${value}`, value })),
        fc.tuple(tie("tree"), tie("tree")).map(([a, b]) => ({ text: `(${a.text} + ${b.text})`, value: a.value + b.value })),
        fc.tuple(tie("tree"), tie("tree")).map(([a, b]) => ({ text: `(${a.text}*${b.text})`, value: a.value * b.value })),
      ),
    })).tree
    fc.assert(
      fc.property(
        tree.filter(({ text }) => text.length <= 500),
        ({ text, value }) => {
          expect(valueOf(text)).toBe(value)
        },
      ),
      { seed: 20_261_123, numRuns: 200 },
    )
  })
})

/** What a stranger could write, and the offset at which it is refused. */
const hostile: ReadonlyArray<readonly [text: string, at: number]> = [
  // Nothing, or half of something
  ["", 0],
  ["   ", 3],
  ["epoch +", 7],
  ["* epoch", 0],
  ["(epoch", 6],
  ["epoch)", 5],
  ["()", 1],
  ["min()", 0],
  ["min(1", 5],
  ["min(1,", 6],
  ["min(,1)", 4],
  ["1 2", 2],
  ["2 epoch", 2],
  ["2(3)", 2],
  ["(2)(3)", 4],
  ["epoch ? 1", 9],
  ["epoch ? : 1", 8],
  ["1 ? 2 : ", 8],
  // The machine below
  ["import('fs')", 0],
  ["import({})", 0],
  ["require('child_process')", 0],
  ["process.exit(1)", 0],
  ["globalThis", 0],
  ["constructor", 0],
  ["constructor('return 1')()", 0],
  ["epoch.constructor", 5],
  ["min.constructor", 3],
  ["(1).constructor", 3],
  ["1..constructor", 0],
  ["__proto__", 0],
  ["epoch.__proto__.x", 5],
  ["toString()", 0],
  ["hasOwnProperty(1)", 0],
  ["epoch['constructor']", 5],
  ["epoch?.constructor", 6],
  ["prototype", 0],
  ["this", 0],
  ["eval(1)", 0],
  ["evaluate(1)", 0],
  ["parse(1)", 0],
  ["compile(1)", 0],
  ["createUnit(1)", 0],
  ["simplify(1)", 0],
  ["random()", 0],
  ["typed(1)", 0],
  // Programs
  ["f(x) = f(x - 1)", 0],
  ["epoch = 3", 6],
  ["epoch(1) = 3", 9],
  ["min(x) = 1", 4],
  ["a = 1; b = 2", 0],
  ["1; 2", 1],
  ["1\\n2", 1],
  ["while(1)", 0],
  ["for(1)", 0],
  ["epoch => 1", 6],
  ["map([1, 2], min)", 0],
  // Other kinds of values
  ["[1, 2, 3]", 0],
  ["[[1]]", 0],
  ["{a: 1}", 0],
  ["'text'", 0],
  ['"text"', 0],
  ["`text`", 0],
  ["1:1000000000", 0],
  ["epoch:2:9", 0],
  ["5 cm", 2],
  ["1 km to m", 2],
  ["2 inch", 2],
  ["3i", 0],
  ["0x10", 0],
  ["0b1", 0],
  ["true", 0],
  ["null", 0],
  ["NaN", 0],
  ["Infinity", 0],
  ["undefined", 0],
  // Operators beyond the list
  ["epoch!", 5],
  ["epoch % 2", 6],
  ["((((1 % 1) % 1) % 1) % 1)", 6],
  ["epoch'", 5],
  ["1 .* 2", 2],
  ["2./3", 0],
  ["1 & 1", 2],
  ["1 | 1", 2],
  ["~1", 0],
  ["1 << 60", 0],
  ["1 >> 1", 0],
  ["1 >>> 1", 0],
  ["1 ?? 2", 0],
  ["1 < 2 < 3", 0],
  ["1 and 1", 2],
  ["not 1", 0],
  ["2 ** 3", 3],
  ["1 === 1", 4],
  ["1 <> 2", 3],
  ["1 # comment", 2],
  ["1 // 2", 3],
  ["$epoch", 0],
  ["epoch@1", 5],
  // Unicode
  ["е + 1", 0], // Cyrillic ie
  ["epoсh", 0], // Cyrillic es
  ["π", 0],
  ["１ + 1", 0], // full width
  ["1 − 1", 2], // minus sign
  ["2 × 3", 2],
  ["1\u00a0+ 1", 1],
  ["1\u200b", 1],
  ["\u202e1", 0],
  ["𝟏", 0],
  ["\ud835", 0],
  ["1\u0000", 1],
  ["epoch²", 5],
  // Names that mean something else here
  ["min", 0],
  ["epoch(2)", 0],
  ["pi(2)", 0],
  ["min(1)", 0],
  ["clamp(1, 2)", 0],
  ["sqrt(1, 2)", 0],
  ["min(1,2,3,4,5,6,7,8,9,10,11)", 0],
  ["1 + min(1) + 1", 4],
  ["log(2)", 0],
  ["mod(1, 2)", 0],
  ["factorial(170)", 0],
  // Numbers beyond numbers
  ["1e999", 0],
  ["1e", 0],
  ["1e+", 0],
  ["1.2.3", 0],
  ["1_000", 0],
  ["2 * .", 4],
  // Size
  ["(".repeat(1_000_000), 0],
  [`${"(".repeat(100)}1${")".repeat(100)}`, 24],
  [`${"-".repeat(30)}1`, 30],
  [Array.from({ length: 30 }, () => "2").join("^"), 46],
  [`1${" + 1".repeat(101)}`, 0],
  ["min(".repeat(25), 99],
  ["1 ? ".repeat(40), 160],
  [`epoch${" ".repeat(500)}`, 0],
  ["9".repeat(400), 0],
]

describe("a hostile text is refused at its place", () => {
  test.each(hostile.map(([text, at]) => [text.length > 60 ? `${text.slice(0, 60)}... (${text.length})` : text, text, at] as const))(
    "%j",
    (_, text, at) => {
      const refusal = (() => {
        try {
          parseFormula(text, ["epoch"])
        } catch (error) {
          return error
        }
      })()
      expect(refusal).toBeInstanceOf(FormulaInvalid)
      expect((refusal as FormulaInvalid).at).toBe(at)
      expect((refusal as FormulaInvalid).message.length).toBeLessThan(200)
    },
  )

  test("there are more than sixty of them, and each is another", () => {
    expect(new Set(hostile.map(([text]) => text)).size).toBeGreaterThan(60)
    expect(new Set(hostile.map(([text]) => text)).size).toBe(hostile.length)
  })

  test("and any text at all is a formula or refused", () => {
    const piece = fc.oneof(
      fc.constantFrom("epoch", "min", "(", ")", ",", "?", ":", "+", "-", "*", "/", "^", "<", ">", "=", "1", "2.5", " ", ".", "e", "!", "%"),
      fc.string({ maxLength: 3 }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join("")
        try {
          expect(typeof parseFormula(text, ["epoch"])(1)).toBe("number")
        } catch (error) {
          expect(error).toBeInstanceOf(FormulaInvalid)
          expect((error as FormulaInvalid).at).toBeLessThanOrEqual(text.length)
        }
      }),
      { seed: 20_261_123, numRuns: 2_000 },
    )
  })
})
