import Evidence
import Foundation

// Positions of a drawing are rounded to hundredths of a pixel, so that the C library's logarithm
// may stand here: nothing measured or judged passes through it.

/// The decimal logarithm.
func decimalLogarithm(_ number: Double) -> Double { log10(number) }

/// Ten to a power.
func tenTo(_ power: Double) -> Double { pow(10, power) }

/// Ten to a whole power, correctly rounded: read from its decimal text.
func powerOfTen(_ power: Int) -> Double { Double("1e\(power)") ?? .nan }

/// The least step of 1, 2 or 5 times a power of ten that cuts a length into at most so many parts.
func tickStep(over length: Double, atMost count: Int) -> Double {
  guard length > 0, length.isFinite, count > 0 else { return 1 }
  let rough = length / Double(count)
  guard rough.isNormal else { return length }
  let power = Int(decimalLogarithm(rough).rounded(.down))
  for factor in [1.0, 2, 5, 10, 20] {
    let step = multiple(factor, ofPower: power)
    if step >= rough * (1 - 1e-9) { return step }
  }
  return rough
}

/// Round numbers from one end to the other, at most so many intervals of them.
package func linearTicks(from lower: Double, to upper: Double, atMost count: Int) -> [Double] {
  guard lower < upper, (upper - lower).isFinite else { return [] }
  let step = tickStep(over: upper - lower, atMost: count)
  let (first, last) = (
    (lower / step - 1e-9).rounded(.up), (upper / step + 1e-9).rounded(.down)
  )
  guard first.magnitude < 1e15, last.magnitude < 1e15, first <= last else { return [] }
  // The step as a decimal, so that the third tick of 0.1 is 0.3.
  let text = numberText(step, significant: 1)
  return (Int(first)...Int(last)).map { index in
    guard let mark = text.firstIndex(of: "e"), let digit = Int(text[..<mark]) else {
      return decimal(index, times: text)
    }
    return Double("\(index * digit)\(text[mark...])") ?? 0
  }
}

/// Powers of ten; where there are few, with 2 and 5 times them; where there are many, every n-th.
package func logarithmicTicks(from lower: Double, to upper: Double, atMost count: Int) -> [Double] {
  guard lower > 0, lower < upper, upper.isFinite else { return [] }
  let (start, end) = (decimalLogarithm(lower), decimalLogarithm(upper))
  let powers = Int((start + 1e-9).rounded(.up)).advanced(by: -1)...Int(end.rounded(.up))
  func within(_ number: Double) -> Bool {
    number >= lower * (1 - 1e-9) && number <= upper * (1 + 1e-9)
  }
  for factors in [[1.0, 2, 3, 4, 5, 6, 7, 8, 9], [1.0, 2, 5], [1.0, 3], [1.0]] {
    let ticks = powers.flatMap { power in
      factors.map { multiple($0, ofPower: power) }.filter(within)
    }
    if ticks.count <= count + 1, ticks.count >= 2 || factors.count == 1 {
      return ticks.isEmpty ? linearTicks(from: lower, to: upper, atMost: count) : ticks
    }
  }
  let stride = (powers.count + count - 1) / max(1, count)
  return powers.filter { $0 % max(1, stride) == 0 }.map(powerOfTen).filter(within)
}

/// A number as it stands at a tick: `0.25`, `1000`, `10⁻⁴`, `2·10⁶`.
package func tickText(_ number: Double) -> String { typeset(numberText(number, significant: 6)) }

/// A whole number as an exponent.
func superscript(_ power: some StringProtocol) -> String {
  power.map { superscripts[$0] ?? String($0) }.joined()
}

private let superscripts: [Character: String] = [
  "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷",
  "8": "⁸", "9": "⁹",
]

private func multiple(_ factor: Double, ofPower power: Int) -> Double {
  Double("\(Int(factor))e\(power)") ?? .nan
}

/// A whole number times a decimal such as `0.02`, as the decimal that it is.
private func decimal(_ index: Int, times step: String) -> Double {
  guard let point = step.firstIndex(of: ".") else { return Double(index) * (Double(step) ?? 1) }
  let decimals = step[step.index(after: point)...]
  let digits = Int(step[..<point] + decimals) ?? 1
  return Double("\(index * digits)e-\(decimals.count)") ?? 0
}
