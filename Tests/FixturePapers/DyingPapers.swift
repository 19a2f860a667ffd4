import Foundation
package import Replication

/// A paper whose troubled trial stops at a failed precondition.
package enum TrappingPaper: Misbehaving {
  package static let paper = citation("trapping", 2001)
  package static func misbehave(in trial: Trial) throws -> Ratio {
    fatalError("matmul: lhs [2, 3] and rhs [4, 5] differ on the inner dimension")
  }
}

/// A paper whose troubled trial throws an error with a control sequence in its text.
package enum ThrowingPaper: Misbehaving {
  package static let paper = citation("throwing", 2002)
  package static func misbehave(in trial: Trial) throws -> Ratio {
    struct Unhappy: Error, CustomStringConvertible {
      let description = "the solver gave up \u{1b}[31mred\u{1b}[0m \u{7}"
    }
    throw Unhappy()
  }
}

/// A paper whose troubled trial never ends.
package enum HangingPaper: Misbehaving {
  package static let paper = citation("hanging", 2003)
  package static func misbehave(in trial: Trial) throws -> Ratio {
    while true { Thread.sleep(forTimeInterval: 1) }
  }
}

/// A paper whose troubled trial takes memory until there is none.
package enum HoardingPaper: Misbehaving {
  package static let paper = citation("hoarding", 2004)
  package static func misbehave(in trial: Trial) throws -> Ratio {
    struct Unlimited: Error {}
    var hoard: [[UInt8]] = []
    // Ends by itself where no limit ends it, so that the machine of a failing test survives.
    while hoard.count < 64 { hoard.append([UInt8](repeating: 1, count: 64 << 20)) }
    throw Unlimited()
  }
}

/// A paper whose troubled trial ends its process as if all were well.
package enum ExitingPaper: Misbehaving {
  package static let paper = citation("exiting", 2005)
  package static func misbehave(in trial: Trial) throws -> Ratio { exit(0) }
}

/// A paper whose troubled trial returns, and takes its worker down a moment later.
package enum LingeringPaper: Misbehaving {
  package static let paper = citation("lingering", 2006)
  package static func misbehave(in trial: Trial) throws -> Ratio {
    Thread.detachNewThread { kill(getpid(), SIGKILL) }
    return 1.0
  }
}
