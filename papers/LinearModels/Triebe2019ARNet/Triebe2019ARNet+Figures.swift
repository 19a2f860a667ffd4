import Replication

extension Triebe2019ARNet {
  static func figures(at tier: Tier) -> [Figure<Self>] {
    let cost = Figure<Self>(
      "Operations by order", like: .figure(8), over: \.netOperations, "order p", "operations",
      on: .logLog,
      lines: [
        "AR-Net, an epoch": the(\.netOperations, of: .counted),
        "normal equations": the(\.classicOperations, of: .counted),
        "AR-Net with a hidden layer, an epoch": the(\.hiddenOperations, of: .counted),
        "normal equations from autocovariances": the(\.covarianceOperations, of: .counted),
      ])
    guard tier != .smoke else { return [cost] }
    return [
      Figure(
        "Error of the coefficients of a sparse series", like: .figure(4), over: \.netError,
        "order p", "symmetric total error of the coefficients", on: .logAxis,
        lines: [
          "least squares": the(\.classicError, of: .classic),
          "AR-Net without penalty": the(\.netError, of: .plain),
          "AR-Net": the(\.netError, of: .sparse),
        ]),
      Figure(
        "Error of the coefficients of a dense series", like: .figure(2), over: \.netError,
        "order p", "symmetric total error of the coefficients",
        lines: [
          "least squares": the(\.classicError, of: .dense),
          "AR-Net": the(\.netError, of: .dense),
        ]),
      cost,
    ]
  }
}
