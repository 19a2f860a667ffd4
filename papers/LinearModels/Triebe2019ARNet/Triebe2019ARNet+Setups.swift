import Replication

extension Triebe2019ARNet {
  enum Arm: String, Name {
    // As many random coefficients as lags.
    case dense, densePenalised
    // Three of many lags: least squares; networks without penalty, with it, with that of the LASSO.
    case classic, plain, sparse, lasso
    // The share of nonzeros guessed three times too large and too small.
    case guessLarge, guessSmall
    // A model of order one of the same series.
    case orderOne
    // A thousand values.
    case smallPlain, smallWeak, smallStrong
    case counted
  }

  static func setups(_ arm: Arm, at tier: Tier) -> [Setup] {
    let orders: [Int] =
      switch tier {
      case .smoke: [20]
      case .standard: [20, 100, 300]
      case .full: [3, 10, 20, 100, 300, 1000]
      }
    return switch arm {
    case .dense: [dense(.none, at: tier)]
    case .densePenalised: [dense(.sparsity, at: tier)]
    case .classic:
      [
        with(series(.firstLags, tier == .full ? orders : [3, 20, 100, 300], at: tier)) {
          $0.trains = false
        }
      ]
    case .plain: [series(.firstLags, orders, at: tier)]
    case .sparse: [penalised(orders, at: tier)]
    case .lasso:
      [
        with(series(.firstLags, orders, at: tier)) {
          ($0.penalty, $0.strength) = (.absolute, 0.1)
        }
      ]
    case .guessLarge: [with(penalised([100], at: tier)) { $0.guess = 3 }]
    case .guessSmall: [with(penalised([100], at: tier)) { $0.guess = 1.0 / 3 }]
    case .orderOne: [series(.firstLags, [1], at: tier)]
    case .smallPlain: [small(.none)]
    case .smallWeak: [small(.sparsity)]
    case .smallStrong: [with(small(.sparsity)) { $0.strength = 0.06 }]
    case .counted:
      [
        with(Setup(coefficients: .firstLags, orders: [100, 200, 400, 800])) {
          ($0.train, $0.test, $0.counts) = (800 + 1024, 0, true)
        }
      ]
    }
  }

  private static func with(_ setup: Setup, _ change: (inout Setup) -> Void) -> Setup {
    var setup = setup
    change(&setup)
    return setup
  }

  private static func series(
    _ coefficients: Coefficients, _ orders: [Int], at tier: Tier
  ) -> Setup {
    with(Setup(coefficients: coefficients, orders: orders)) { setup in
      guard tier == .full else { return }
      setup.train = 100_000
      setup.schedule = Schedule(rate: 2e-4, decay: 0.9, epochs: 10, batch: 128, ramp: 10)
    }
  }

  private static func dense(_ penalty: Penalty, at tier: Tier) -> Setup {
    let orders: [Int] =
      switch tier {
      case .smoke: penalty == .none ? [3, 20] : [20]
      case .standard: [3, 10, 20]
      case .full: [3, 5, 10, 20, 50, 100, 300, 1000]
      }
    // Where all weights count, a guess of a twentieth is a penalty that must be seen.
    return with(series(.dense, orders, at: tier)) {
      ($0.penalty, $0.guess) = (penalty, penalty == .none ? 1 : 0.05)
    }
  }

  private static func penalised(_ orders: [Int], at tier: Tier) -> Setup {
    with(series(.firstLags, orders, at: tier)) { $0.penalty = .sparsity }
  }

  private static func small(_ penalty: Penalty) -> Setup {
    with(Setup(coefficients: .spreadLags, orders: [20])) { setup in
      (setup.train, setup.test, setup.penalty) = (1000, 1000, penalty)
      setup.schedule = Schedule(rate: 3e-3, decay: 0.96, epochs: 200, batch: 32, ramp: 50)
    }
  }
}
