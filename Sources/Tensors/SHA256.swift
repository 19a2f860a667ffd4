/// SHA-256 of FIPS 180-4: names a random stream by what it is for.
package enum SHA256 {
  // The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
  private static let constants: [UInt32] = primes.map { fraction(ofRoot: 3, of: $0) }

  private static let start: [UInt32] = primes.prefix(8).map { fraction(ofRoot: 2, of: $0) }

  private static let primes: [UInt64] = (2...311).filter { number in
    !(2..<number).contains { number % $0 == 0 }
  }

  /// The first 32 bits of the fraction of a square or cube root, found bit by bit.
  private static func fraction(ofRoot power: Int, of number: UInt64) -> UInt32 {
    var root: UInt64 = 0
    for bit in (0..<37).reversed() {
      let candidate = root | 1 << UInt64(bit)
      var product = Wide(candidate)
      for _ in 1..<power { product = product * candidate }
      if product <= Wide(number, shiftedBy: 32 * power) { root = candidate }
    }
    return UInt32(truncatingIfNeeded: root)
  }

  /// An integer of 128 bits.
  private struct Wide {
    var high: UInt64
    var low: UInt64
    init(_ low: UInt64) { (high, self.low) = (0, low) }
    init(_ number: UInt64, shiftedBy bits: Int) {
      high = bits >= 64 ? number << UInt64(bits - 64) : number >> UInt64(64 - bits)
      low = bits >= 64 ? 0 : number << UInt64(bits)
    }
    static func * (lhs: Wide, rhs: UInt64) -> Wide {
      let product = lhs.low.multipliedFullWidth(by: rhs)
      var result = Wide(product.low)
      result.high = product.high &+ lhs.high &* rhs
      return result
    }
    static func <= (lhs: Wide, rhs: Wide) -> Bool { (lhs.high, lhs.low) <= (rhs.high, rhs.low) }
  }

  /// The eight words of the digest.
  package static func words(of message: [UInt8]) -> [UInt32] {
    var bytes = message + [0x80]
    while bytes.count % 64 != 56 { bytes.append(0) }
    withUnsafeBytes(of: UInt64(message.count * 8).bigEndian) { bytes.append(contentsOf: $0) }
    var state = start
    for block in stride(from: 0, to: bytes.count, by: 64) {
      compress(bytes[block..<block + 64], into: &state)
    }
    return state
  }

  private static func compress(_ block: ArraySlice<UInt8>, into state: inout [UInt32]) {
    var w: [UInt32] = stride(from: block.startIndex, to: block.endIndex, by: 4).map { place in
      block[place..<place + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
    for t in 16..<64 {
      let s0 = rotated(w[t - 15], 7) ^ rotated(w[t - 15], 18) ^ w[t - 15] >> 3
      let s1 = rotated(w[t - 2], 17) ^ rotated(w[t - 2], 19) ^ w[t - 2] >> 10
      w.append(w[t - 16] &+ s0 &+ w[t - 7] &+ s1)
    }
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for t in 0..<64 {
      let s1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
      let first = h &+ s1 &+ ((e & f) ^ (~e & g)) &+ constants[t] &+ w[t]
      let s0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
      let second = s0 &+ ((a & b) ^ (a & c) ^ (b & c))
      (h, g, f, e) = (g, f, e, d &+ first)
      (d, c, b, a) = (c, b, a, first &+ second)
    }
    for (index, word) in [a, b, c, d, e, f, g, h].enumerated() { state[index] &+= word }
  }

  private static func rotated(_ word: UInt32, _ bits: UInt32) -> UInt32 {
    word >> bits | word << (32 - bits)
  }
}
