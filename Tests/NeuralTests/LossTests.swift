import Foundation
import Neural
import Tensors
import TestSupport
import Testing

/// What PyTorch found; see Tests/Golden/losses.py.
private struct LossFixture: Decodable {
  var losses, schedules: [String: [Double]]
}

/// The inputs of the script.
private enum Inputs {
  typealias T = Tensor<Double>
  static let x = made(5, 4, 1) * 6
  static let z = made(5, 4, 2) * 6
  static let labels = [0, 3, 1, 2, 3]
  static let p = softmax(made(5, 4, 3) * 6)
  static let far = T([800.0, -800, 0, 0, -1000, 0, 3, 1000], shape: [2, 4])
  static let t = made(5, 4, 4).isGreater(than: Tensor(0))
  static let (a, b, c) = (made(5, 4, 5), made(5, 4, 6), made(5, 4, 7))
  static let (s, r) = (vector(8) * 3, vector(9) * 3)
  static let (u, v) = (vector(10), vector(11))
  static let sequences = made(6, 4, 12).reshaped(to: [2, 3, 4])
  static let corrections = made(1, 10, 13).reshaped(to: [10]) * 2
  static let mask = T([1.0, 0, 1, 0, 1])

  static func vector(_ place: Int) -> T { made(1, 6, place).reshaped(to: [6]) }

  /// Rows of the matrix that the script makes.
  static func made(_ rows: Int, _ columns: Int, _ place: Int) -> T {
    hashedMatrix(11 * place + rows, columns, 3).rows(11 * place..<11 * place + rows)
  }

  /// The losses by the script's names, each as a function of the input that is differentiated.
  static let losses: [String: (at: T, of: @Sendable (T) -> T)] = [
    "smoothed": (x, { crossEntropies(logits: $0, labels: labels, smoothing: 0.1, temperature: 2) }),
    "softTemperature": (x, { crossEntropies(logits: $0, targets: p, temperature: 3) }),
    "masked": (x, { softmaxCrossEntropy(logits: $0, labels: labels, where: mask) }),
    "sequences": (
      sequences, { sequenceLogProbabilities(logits: $0, labels: [0, 1, 2, 3, 0, 2]) }
    ),
    "logistic": (x, { logisticLosses(logits: $0, targets: t) }),
    "margins": (x, { logisticLosses(margins: $0) }),
    "multiclassHinge": (x, { multiclassHinge(scores: $0, labels: labels, margin: 0.7) }),
    "sigmoidFocal": (x, { focalLosses(logits: $0, targets: t, focusing: 2, weight: 0.25) }),
    "sigmoidFocalPlain": (x, { focalLosses(logits: $0, targets: t, focusing: 1.5) }),
    "softmaxFocal": (x, { focalLosses(logits: $0, labels: labels) }),
    "huber": (x, { huberLosses($0, z, threshold: 0.7) }),
    "squared": (x, { squaredErrors($0, z) }),
    "absolute": (x, { absoluteErrors($0, z) }),
    "marginSquared": (
      s,
      {
        marginMeanSquaredError(
          positive: $0, negative: r, teacherPositive: u, teacherNegative: v)
      }
    ),
    "klLogits": (x, { klDivergences(logits: $0, targetLogits: z) }),
    "klTargets": (x, { klDivergences(logits: $0, targets: p) }),
    "distillation": (x, { distillationLosses(student: $0, teacher: z, temperature: 3) }),
    "normalDivergence": (x, { standardNormalDivergences(means: $0, logVariances: z) }),
    "infoNCE": (
      a,
      {
        infoNCELosses(
          queries: $0, keys: Tensor.concatenated([b, c]), temperature: 0.2,
          corrections: corrections)
      }
    ),
    "ntXent": (a, { ntXentLosses($0, b, temperature: 0.5) }),
    "triplet": (a, { tripletLosses(anchors: $0, positives: b, negatives: c, margin: 0.3) }),
    "pairs": (
      u.rows(0..<4), { pairLosses(distances: $0, alike: t.rows(0..<1).reshaped(to: [4])) }
    ),
    "pairwiseLogistic": (s, { pairwiseLogisticLosses(preferred: $0, other: r) }),
    "marginRanking": (s, { marginRankingLosses(preferred: $0, other: r, margin: 0.4) }),
    "listwise": (x, { listwiseLosses(scores: $0, relevances: z) }),
    "dpo": (s, { preference($0, 0.1) }),
    "dpoConservative": (s, { preference($0, 0.3, form: .logistic(smoothing: 0.2)) }),
    "dpoFlexible": (s, { preference($0, 0.5, 0.2) }),
    "slic": (s, { preference($0, 0.5, form: .hinge) }),
    "ipo": (s, { preference($0, 0.25, form: .squared) }),
  ]

  static func preference(
    _ s: T, _ β: Double, _ other: Double? = nil, form: PreferenceForm = .logistic()
  ) -> T {
    preferenceLosses(
      chosen: s, rejected: r, referenceChosen: u, referenceRejected: v, β: β, rejectedβ: other,
      form: form)
  }
}

struct Losses {
  @Test func `are PyTorch's, or their papers' where it has none`() throws {
    let expected = (try fixture("losses") as LossFixture).losses
    for (name, loss) in Inputs.losses {
      let values = try #require(expected[name])
      let found = loss.of(loss.at).scalars
      #expect(found.count == values.count, "\(name)")
      #expect(
        zip(found, values).allSatisfy { abs($0 - $1) <= 1e-12 * max(1, abs($1)) }, "\(name)")
    }
    let far = crossEntropies(logits: Inputs.far, labels: [1, 3], smoothing: 0.1).scalars
    #expect(zip(far, try #require(expected["far"])).allSatisfy { abs($0 - $1) <= 1e-12 * $1 })
    #expect(Set(expected.keys) == Set(Inputs.losses.keys).union(["far"]))
  }

  @Test func `have the gradients of finite differences`() {
    for (name, loss) in Inputs.losses {
      // Weighted, so that an entry's gradient cannot stand for another's.
      let error = gradientError(at: loss.at) { x in
        let values = loss.of(x)
        let weights = Tensor((0..<values.count).map { 1 + Double($0 % 5) / 3 })
        return (values.reshaped(to: [values.count]) * weights).sum()
      }
      #expect(error < 1e-8, "\(name): \(error)")
    }
  }

  @Test func `have gradients of targets and second arguments`() {
    let (x, z, a, b) = (Inputs.x, Inputs.z, Inputs.a, Inputs.b)
    #expect(
      gradientError(at: Inputs.p) { logisticLosses(logits: x, targets: $0).sum() } < 1e-8)
    #expect(gradientError(at: z) { klDivergences(logits: x, targetLogits: $0).sum() } < 1e-8)
    #expect(
      gradientError(at: z) { standardNormalDivergences(means: x, logVariances: $0).sum() } < 1e-8)
    #expect(
      gradientError(at: b) { infoNCELosses(queries: a, keys: $0, temperature: 1).sum() } < 1e-8)
    #expect(
      gradientError(at: Inputs.corrections) {
        infoNCELosses(
          queries: a, keys: Tensor.concatenated([b, Inputs.c]), temperature: 1, corrections: $0
        ).sum()
      } < 1e-8)
  }

  @Test func `stay finite and relatively accurate far out`() {
    let logits = Tensor([-800.0, -40, 40, 800])
    let losses = logisticLosses(logits: logits, targets: Tensor([0.0, 0, 1, 1])).scalars
    #expect(losses[0] == 0 && losses[3] == 0)
    #expect(abs(losses[1] / exp(-40.0) - 1) < 1e-12 && abs(losses[2] / exp(-40.0) - 1) < 1e-12)
    let slope = gradient(at: logits) { x in
      (logisticLosses(logits: x, targets: Tensor(zeros: [4]))
        + pairwiseLogisticLosses(
          preferred: x, other: Tensor(0))).sum()
    }
    #expect(slope.isFinite)
    for γ in [0, 0.0, 1, 1.5, 2, 3] {
      let rows = Tensor([800.0, 0, 0, 800], shape: [2, 2])
      let focal = gradient(at: rows) { focalLosses(logits: $0, labels: [0, 0], focusing: γ).sum() }
      #expect(focal.isFinite, "γ = \(γ)")
    }
    // At p = 1 − 10⁻⁹, the loss is 10⁻²⁷.
    let sure = Tensor([0.0, -20.72326583694641], shape: [1, 2])
    #expect(abs(focalLosses(logits: sure, labels: [0]).item / 1e-27 - 1) < 1e-6)
    #expect(normalisedRows(Tensor<Double>(zeros: [1, 3])) == Tensor(zeros: [1, 3]))
    #expect(gradient(at: Tensor<Double>(zeros: [1, 3])) { normalisedRows($0).sum() }.isFinite)
  }

  @Test func `leave out masked places whatever they hold`() {
    let losses = Tensor([1.0, .nan, 3, .infinity])
    let mask = Tensor([1.0, 0, 1, 0])
    #expect(Neural.mean(losses, where: mask).item == 2)
    #expect(Neural.mean(Tensor([1.0, 2, 3, 4]), where: Tensor([0.5, 0, 1.5, 0])).item == 2.5)
    let logits = Inputs.sequences
    let all = sequenceLogProbabilities(logits: logits, labels: [0, 1, 2, 3, 0, 2])
    let ones = Tensor<Double>(repeating: 1, shape: [2, 3])
    #expect(
      sequenceLogProbabilities(logits: logits, labels: [0, 1, 2, 3, 0, 2], where: ones) == all)
    let first = Tensor([1.0, 0, 0, 1, 0, 0], shape: [2, 3])
    #expect(
      sequenceLogProbabilities(logits: logits, labels: [0, 1, 2, 3, 0, 2], where: first)
        == sequenceLogProbabilities(
          logits: logits.sliced(along: 1, 0..<1), labels: [0, 3]))
  }

  @Test func `that do not fit stop`() async {
    await #expect(processExitsWith: .failure) {
      _ = Neural.mean(Tensor([1.0, 2]), where: Tensor([0.0, 0]))
    }
    await #expect(processExitsWith: .failure) {
      _ = tripletLosses(
        anchors: Tensor<Double>(zeros: [2, 3]), positives: Tensor(zeros: [2, 3]),
        negatives: Tensor(zeros: [1, 3]))
    }
    await #expect(processExitsWith: .failure) {
      _ = multiclassHinge(scores: Tensor<Double>(zeros: [1, 2]), labels: [2])
    }
    await #expect(processExitsWith: .failure) {
      _ = infoNCELosses(
        queries: Tensor<Double>(zeros: [3, 2]), keys: Tensor(zeros: [2, 2]), temperature: 1)
    }
  }
}

struct Schedules {
  private static let schedules: [String: Schedule] = [
    "constant": .constant(0.5),
    "multiStep": .multiStep(0.5, factor: 0.3, at: [5, 20, 21]),
    "step": .step(0.5, factor: 0.5, every: 7),
    "exponential": .exponential(0.5, factor: 0.9),
    "linear": .linear(from: 0.5, to: 0.05, over: 30),
    "cosine": .cosine(from: 0.5, to: 0.01, over: 59),
    "restarts": .cosineWithRestarts(from: 0.5, to: 0.01, firstPeriod: 5),
    "lengthening": .cosineWithRestarts(from: 0.5, to: 0.01, firstPeriod: 5, lengthening: 2),
    "inverseRoot": .inverseRoot(peak: 0.5, warmUp: 10),
    "inverseRootSteps": .inverseRoot(0.5, every: 8),
    "cyclic": .cyclic(low: 0.1, high: 0.5, up: 6, down: 4),
    "cyclicHalving": .cyclic(low: 0.1, high: 0.5, up: 5, decay: 0.5),
    "oneCycle": .oneCycle(peak: 0.5, over: 61),
    "warmedCosine": .cosine(from: 0.5, over: 60).warmedUp(over: 10),
  ]

  @Test func `are PyTorch's, asked in any order`() throws {
    let expected = (try fixture("losses") as LossFixture).schedules
    #expect(Set(expected.keys) == Set(Self.schedules.keys))
    for (name, schedule) in Self.schedules {
      let values = try #require(expected[name])
      #expect(values.count == 60)
      for step in values.indices.reversed() {
        #expect(abs(schedule(step) - values[step]) < 1e-14, "\(name) at \(step)")
      }
    }
  }

  @Test func `end level, follow each other and scale`() {
    let cosine = Schedule.cosine(from: 1, to: 0.1, over: 10)
    #expect(cosine(0) == 1 && cosine(10) == 0.1 && cosine(11) == 0.1 && cosine(1000) == 0.1)
    #expect(Schedule.oneCycle(peak: 1, over: 10)(1000) == Schedule.oneCycle(peak: 1, over: 10)(9))
    let stages = Schedule.constant(2).followed(by: cosine, after: 3).scaled(by: 0.5)
    #expect([0, 2, 3, 13].map { stages($0) } == [1, 1, 0.5, 0.05])
    #expect(Schedule.constant(1).warmedUp(over: 0)(0) == 1)
    #expect((0..<4).map { Schedule.constant(1).warmedUp(over: 4)($0) } == [0.25, 0.5, 0.75, 1])
  }

  @Test func `before their beginning stop`() async {
    await #expect(processExitsWith: .failure) { _ = Schedule.constant(1)(-1) }
    await #expect(processExitsWith: .failure) { _ = Schedule.cosine(from: 1, over: 0) }
    await #expect(processExitsWith: .failure) { _ = Schedule.oneCycle(peak: 1, over: 2) }
  }
}
