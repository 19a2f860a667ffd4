import Replication

extension Tanay2016BoundaryTilting {
  static func figures(at tier: Tier) -> [Figure<Self>] {
    let digits = tier == .smoke ? Arm.subsets : .full
    let angles = Figure<Self>(
      "The deviation angle", like: .section("4"), over: \.angle, "λ", "deviation angle",
      on: .logAxis,
      lines: ["MNIST, 3 and 7": the(\.angle, of: digits), "isotropic toy": the(\.angle, of: .toy)])
    let images = images(of: digits, at: tier)
    guard tier != .smoke else { return [angles] + images }
    return [angles] + images + [
      Figure(
        "Errors", like: .section("4"), over: \.testError, "λ", "error", on: .logAxis,
        lines: [
          "test": the(\.testError, of: .full), "training": the(\.trainError, of: .full),
          "test, 5000 images": the(\.testError, of: .subsets),
        ]),
      Figure(
        "Adversarial strength", like: .section("4"), over: \.strength, "λ", "1/cos δ",
        on: .logLog, lines: ["MNIST, 3 and 7": the(\.strength, of: .full)]),
      Figure(
        "Decisions changed by a tilt to 80°", like: .section("4"), over: \.flips,
        "rank of the eigenvector", "changed decisions of 2038",
        lines: [
          "eigenvectors": the(\.flips, of: .full), "without variance": the(\.nullFlips, of: .full),
        ]),
    ]
  }

  private static func images(of digits: Arm, at tier: Tier) -> [Figure<Self>] {
    let penalties = setups(digits, at: tier).flatMap(\.drawn).map { penalty in
      "λ = \(penalty < 1 ? "\(penalty)" : "\(Int(penalty))")"
    }
    return [
      Figure(
        "The normal of the boundary", like: .section("4"), imagesOf: "weight of a pixel",
        from: -0.15...0.15, columns: ["means"] + penalties,
        rows: ["normal": the(\.normals, of: digits)]),
      Figure(
        "The mirror images of the class means", like: .section("4"), imagesOf: "brightness",
        from: 0...1, columns: ["mean"] + penalties,
        rows: [
          "mean of 3": the(\.minusMirrors, of: digits),
          "mean of 7": the(\.plusMirrors, of: digits),
        ]),
    ]
  }
}
