import Replication
import TrainingCore

extension Simon2023MoreIsBetter {
  static func setups(_ arm: Arm, at tier: Tier) -> [Setup] {
    switch arm {
    case .growingFeatures:
      tier == .smoke
        ? [32, 512].map { simulated(samples: 128, features: $0, at: tier) }
        : [16, 32, 64, 128, 256, 512, 1024, 2048, 4096].map {
          simulated(samples: 256, features: $0, at: tier)
        }
    case .growingSamples:
      tier == .smoke
        ? [256, 512].map { simulated(samples: $0, features: 128, at: tier) }
        : [16, 32, 64, 128, 256, 512, 1024, 2048].map {
          simulated(samples: $0, features: 256, at: tier)
        }
    case .framework:
      [Setup(problem: .framework, samples: 256, features: 256, modes: 10_000, ridges: [0.001])]
    case .powerLaws:
      [
        laws(1.5, 1.2, [0]), laws(2, 1.5, [0]), laws(1.17, 1.14, [0]), laws(1.22, 1.2, [0]),
        laws(1.12, 1.36, [1, 5]), laws(1.5, 1.8, [0, 0.2, 1, 5]),
      ]
    case .quiet: [laws(1.12, 1.36, [0, 1]), laws(1.5, 1.8, [0, 0.2])]
    // About ten times the noise below which the best R is 0: 1.786 and 0.4.
    case .noisy: [laws(1.12, 1.36, [17.9]), laws(1.5, 1.8, [4])]
    case .digits:
      [
        Setup(
          problem: .digits, samples: 2000,
          ridges: [0] + (0..<25).map { pow(10, -5 + Double($0) / 3) }, noises: [0, 1, 5, 50])
      ]
    case .photographs:
      [
        Setup(
          problem: .photographs, samples: 256, features: 4000, modes: 2000, draws: 3,
          ridges: [0.1, 1, 10])
      ]
    }
  }

  private static func simulated(samples: Int, features: Int, at tier: Tier) -> Setup {
    let isSmoke = tier == .smoke
    return Setup(
      problem: .randomFeatures, samples: samples, features: features,
      modes: isSmoke ? 2000 : tier == .standard ? 4000 : 10_000, draws: isSmoke ? 10 : 5,
      ridges: isSmoke
        ? [0.01, 0.1, 1, 10] : [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100])
  }

  private static func laws(_ alpha: Double, _ beta: Double, _ noises: [Double]) -> Setup {
    Setup(problem: .powerLaw, samples: 3000, alpha: alpha, beta: beta, noises: noises)
  }
}
