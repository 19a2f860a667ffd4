/// A number rounded for reading, but never across an end of the band it is compared with.
func sideText(_ number: Double, beside band: Band) -> String {
  for significant in 4..<17 {
    let text = numberText(number, significant: significant)
    if let shown = Double(text), band.side(of: shown) == band.side(of: number) { return text }
  }
  return numberText(number)
}

/// A reading in words, a number in it rounded on its own side of the band's ends.
func sideText(_ reading: Reading, beside band: Band) -> String {
  reading.number.map { sideText($0, beside: band) } ?? reading.description
}

/// An interval rounded for reading, but never across an end of the band it is compared with.
func sideText(_ interval: Interval, beside band: Band) -> String {
  let rough = intervalText(interval)
  let ends = rough.dropFirst().dropLast().split(separator: ", ").compactMap { Double($0) }
  if ends.count == 2, band.side(of: ends[0]) == band.side(of: interval.lower),
    band.side(of: ends[1]) == band.side(of: interval.upper)
  {
    return rough
  }
  return "[\(sideText(interval.lower, beside: band)), \(sideText(interval.upper, beside: band))]"
}

extension Band {
  /// Where a number lies: inside, on an end, or on which side outside.
  fileprivate func side(of number: Double) -> Int {
    if number < lower { return -2 }
    if number > upper { return 2 }
    return number == lower ? -1 : number == upper ? 1 : 0
  }
}
