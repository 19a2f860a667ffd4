import Glibc
package import Replication
import Tensors

/// A paper whose troubled trial is killed in the middle once, and goes on when it is run again.
package enum ResumingPaper: Misbehaving {
  package static let paper = citation("resuming", 2007)

  /// A mean of random numbers, with all that its next step depends on.
  private struct Walk {
    var step = 0
    var sum = 0.0
    var stream: RandomStream

    init(_ stream: RandomStream) { self.stream = stream }

    init?(_ bytes: [UInt8]) {
      let words = stride(from: 0, to: bytes.count, by: 8).map { start in
        bytes[start..<start + 8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      }
      guard words.count == 5, let stream = RandomStream(state: Array(words[2...])) else {
        return nil
      }
      (step, sum, self.stream) = (Int(words[0]), Double(bitPattern: words[1]), stream)
    }

    var bytes: [UInt8] {
      ([UInt64(step), sum.bitPattern] + stream.state)
        .flatMap { word in withUnsafeBytes(of: word.bigEndian) { Array($0) } }
    }
  }

  package static func misbehave(in trial: Trial) throws -> Ratio {
    let state = trial.savedState()
    var walk = state.flatMap { Walk($0) } ?? Walk(trial.stream(.noise))
    while walk.step < 20 {
      walk.sum += walk.stream.uniform()
      walk.step += 1
      if walk.step.isMultiple(of: 5) { try trial.saveState(walk.bytes) }
      // Where nothing is kept, nothing is disturbed.
      if walk.step == 13, state == nil, trial.savedState() != nil { kill(getpid(), SIGKILL) }
    }
    return Ratio(0.5 + walk.sum / 40)
  }
}
