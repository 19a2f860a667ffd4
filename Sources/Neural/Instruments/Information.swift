import Tensors

/// How an entropy is estimated from counts.
public enum EntropyEstimate: String, Hashable, Sendable, Codable {
  /// That of the observed shares: `−Σ p log p`.
  case plugIn
  /// With Miller and Madow's correction: (symbols seen − 1) / 2n more.
  case millerMadow
}

/// The entropy of the law that symbols were drawn from, in nats.
///
/// - Accuracy: a small multiple of ulp a symbol; summed in the order of the counts.
/// - Source: Miller 1955, Note on the bias of information estimates.
/// - Precondition: counts are not negative, and not all zero.
public func entropy(counts: [Int], _ estimate: EntropyEstimate = .plugIn) -> Double {
  let n = Double(counts.reduce(0, +))
  require(
    n > 0 && counts.allSatisfy { $0 >= 0 }, "entropy: \(counts.count) counts of sum \(n)")
  let seen = counts.filter { $0 > 0 }
  let sum = seen.reduce(0.0) { $0 - Double($1) / n * log(Double($1) / n) }
  return estimate == .plugIn ? sum : sum + Double(seen.count - 1) / (2 * n)
}

/// The entropy of the law that symbols were drawn from, in nats.
///
/// - Precondition: there is a symbol.
public func entropy(of symbols: [Int], _ estimate: EntropyEstimate = .plugIn) -> Double {
  entropy(counts: symbolCounts(of: symbols), estimate)
}

/// The mutual information of two sequences of symbols, in nats.
///
///     I(X; Y) = H(X) + H(Y) − H(X, Y)
///
/// - Precondition: both are of one length, not empty.
public func mutualInformation(
  _ x: [Int], _ y: [Int], _ estimate: EntropyEstimate = .plugIn
) -> Double {
  entropy(of: x, estimate) + entropy(of: y, estimate)
    - entropy(of: jointSymbols([x, y]), estimate)
}

/// The mutual information of two sequences given a third, in nats.
///
///     I(X; Y | Z) = H(X, Z) + H(Y, Z) − H(X, Y, Z) − H(Z)
///
/// - Precondition: all are of one length, not empty.
public func mutualInformation(
  _ x: [Int], _ y: [Int], given z: [Int], _ estimate: EntropyEstimate = .plugIn
) -> Double {
  entropy(of: jointSymbols([x, z]), estimate) + entropy(of: jointSymbols([y, z]), estimate)
    - entropy(of: jointSymbols([x, y, z]), estimate) - entropy(of: z, estimate)
}

/// One symbol for each combination that sequences of symbols show side by side.
///
/// Combinations are numbered in ascending order.
///
/// - Precondition: there is a sequence, and all are of one length.
public func jointSymbols(_ sequences: [[Int]]) -> [Int] {
  guard let first = sequences.first else { fatalError("jointSymbols: there is no sequence") }
  require(
    sequences.allSatisfy { $0.count == first.count },
    "jointSymbols: sequences of \(sequences.map(\.count)) symbols")
  return sequences.dropFirst().reduce(dense(first)) { codes, next in
    let next = dense(next)
    let width = (next.max() ?? 0) + 1
    return dense(zip(codes, next).map { $0 * width + $1 })
  }
}

/// How often each symbol occurs, in ascending order of the symbols.
public func symbolCounts(of symbols: [Int]) -> [Int] {
  let codes = dense(symbols)
  var counts = [Int](repeating: 0, count: (codes.max() ?? -1) + 1)
  for code in codes { counts[code] += 1 }
  return counts
}

/// Symbols numbered from 0 on in ascending order, without gaps.
private func dense(_ symbols: [Int]) -> [Int] {
  let order = symbols.indices.sorted { symbols[$0] < symbols[$1] }
  var codes = [Int](repeating: 0, count: symbols.count)
  var code = 0
  for (place, index) in order.enumerated() {
    if place > 0 && symbols[index] != symbols[order[place - 1]] { code += 1 }
    codes[index] = code
  }
  return codes
}
