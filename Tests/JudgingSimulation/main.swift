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
