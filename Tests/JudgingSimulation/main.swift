import Evidence
import Tensors

// Prints how often verdicts are wrong where the truth is known, as the tables of docs/judging.md.
// Everything is drawn from fixed streams: the numbers are the same on every machine.

print("\n### A mean whose truth lies on the edge of the band\n")
print(
  """
  A one-sided band whose edge is the true mean: to pass is wrong if the truth is just outside, to fail
  if it is just inside. \(Law.series) series a cell; the standard error of 5 % is 0.15 points.

  | per-seed values | n = 3 | 5 | 10 | 20 | 30 |
  |---|---|---|---|---|---|
  """)
for law in Law.allCases {
  let cells = [3, 5, 10, 20, 30].map { seeds in
    let rates = edgeRates(law, seeds: seeds)
    return "\(percent(rates.pass)) / \(percent(rates.fail))"
  }
  print("| \(law.rawValue) | \(cells.joined(separator: " | ")) |")
}
print("\nEach cell: wrong passes / wrong fails, in percent.")

print("\n### The chance to pass, forecast and simulated\n")
print("| margin on both sides | n | forecast | simulated |\n|---|---|---|---|")
for margin in [1.0, 1.5, 2] {
  for seeds in [5, 10, 20] {
    let forecast = chanceToPass(
      seeds: seeds, mean: 0, spread: 1, band: .between(-margin, margin))
    print(
      "| \(margin) sd | \(seeds) | \(percent(forecast)) | "
        + "\(percent(centreRate(margin: margin, seeds: seeds))) |")
  }
}

print("\n### Looking after every seed\n")
print(
  """
  The share of series in which an interval misses the mean at any of 200 looks, and the median number
  of seeds after which a band of one spread on both sides of the truth passes (looked at after each
  second seed).

  | per-seed values | 90 % sequence | 95 % sequence | Student's 95 % interval | seeds to pass |
  |---|---|---|---|---|
  """)
for law in Law.allCases {
  let looks = looking(law)
  print(
    "| \(law.rawValue) | \(percent(looks.narrow)) | \(percent(looks.wide)) | "
      + "\(percent(looks.student)) | \(medianStop(law)) |")
}

print("\n### Many cells\n")
print(
  """
  The share of claims that fail although the truth of each of their cells is the edge of the band, with
  six normal seeds. The second edition of the rules shares the 5 % between the cells.

  | cells | first edition | second edition |
  |---|---|---|
  """)
for cells in [1, 4, 20] {
  let rates = Edition.allCases.map { percent(cellRate($0, cells: cells, seeds: 6)) }
  print("| \(cells) | \(rates.joined(separator: " | ")) |")
}

print("\n### A number that the paper itself measured\n")
print(
  """
  Wrong passes / wrong fails where the band starts one below the mean of the paper's own runs and our
  truth lies there: with the paper's number taken for exact, and with its scatter counted (`reported`).

  | our seeds | the paper's runs | its spread | taken for exact | counted |
  |---|---|---|---|---|
  """)
for (seeds, runs, spread) in [(5, 5, 1.0), (10, 5, 1), (10, 3, 3), (20, 20, 0.5)] {
  let rates = [false, true].map { counted in
    let rates = reportedRates(seeds: seeds, runs: runs, spread: spread, counted: counted)
    return "\(percent(rates.pass)) / \(percent(rates.fail))"
  }
  print("| \(seeds) | \(runs) | \(spread) | \(rates[0]) | \(rates[1]) |")
}

print("\n### Betting on bounded values\n")
print(
  """
  The share of series in which the 95 % betting sequence misses the mean at any of 200 looks, and the
  median number of seeds after which a band of 0.2 on both sides passes.

  | values in [0, 1] | misses | seeds to pass |
  |---|---|---|
  """)
let bounded: [(String, Double, (inout RandomStream) -> Double)] = [
  ("uniform", 0.5, { $0.uniform() }),
  ("two values (one in ten)", 0.1, { $0.uniform() < 0.1 ? 1 : 0 }),
  ("two values (evenly)", 0.5, { $0.uniform() < 0.5 ? 1 : 0 }),
  ("near the end (0.9 to 1)", 0.95, { 0.9 + 0.1 * $0.uniform() }),
]
for (name, mean, draw) in bounded {
  let rates = bettingRates(draw, mean: mean)
  print("| \(name) | \(percent(rates.0)) | \(rates.1) |")
}
