import Replication
import TrainingCore

// A sparse mixture of experts: in each image the router transports 64 tokens to 8 experts.
extension Liu2022SparsityConstrainedOT {
  /// Who chooses the tokens of an expert.
  enum Router: String, Codable {
    /// The plan with at most k tokens an expert.
    case sparseTransport
    /// Each token goes to its likeliest expert.
    case topOne
  }

  /// The tokens of each expert in a batch of images, by their places in it.
  static func routed(_ logits: Tensor<Float>, _ setup: Setup) -> [[Int]] {
    let (tokens, experts) = (logits.shape[0], logits.shape[1])
    var chosen = [[Int]](repeating: [], count: experts)
    switch setup.router {
    case .topOne:
      for (token, expert) in logits.argmaxAlongRows().enumerated() { chosen[expert].append(token) }
    case .sparseTransport:
      let patches = Mixer.patches
      let plan = plan(logits, setup).scalars
      for image in 0..<tokens / patches {
        for expert in 0..<experts {
          let start = (image * experts + expert) * patches
          for patch in 0..<patches where plan[start + patch] > 0 {
            chosen[expert].append(image * patches + patch)
          }
        }
      }
    }
    return chosen
  }

  /// The plans of all images after 20 steps of Adam on their semi-duals: [images · experts, 64].
  ///
  /// C = −logits/max |logits| in each image, uniform marginals, γ = 10, rate γ/nk.
  private static func plan(_ logits: Tensor<Float>, _ setup: Setup) -> Tensor<Float> {
    let (m, n) = (Mixer.patches, logits.shape[1])
    let images = logits.shape[0] / m
    let gains = logits.reshaped(to: [images, m, n]).permuted([0, 2, 1])
    let largest = abs(gains).max(along: 2, keepingAxis: true).max(along: 1, keepingAxis: true)
    let scores = gains / largest
    let sums = Tensor<Float>(repeating: 1 / Float(n), shape: [images * n, 1])
    func plan(_ α: Tensor<Float>) -> Tensor<Float> {
      let shifted = (scores + α.reshaped(to: [images, 1, m])) / Float(setup.gamma)
      return sparseRows(
        shifted.reshaped(to: [images * n, m]), sums: sums, entries: setup.entries[0])
    }
    var α = Tensor<Float>(zeros: [images, m])
    var optimizer = Adam(α)
    for _ in 0..<20 {
      let reached = plan(α).reshaped(to: [images, n, m]).sum(along: 1)
      // Downhill on the negative of the semi-dual.
      optimizer.update(
        &α, along: reached - 1 / Float(m),
        rate: setup.gamma / Double(n * setup.entries[0]))
    }
    return plan(α)
  }

  /// Trains the mixture and tests it.
  static func mixture(_ setup: Setup, in trial: Trial) throws -> Outcome {
    let data = try CIFAR10(from: trial.data(.cifar10))
    var choice = trial.stream(.data)
    let chosen = choice.choice(setup.images, of: data.train.count)
    let tests = choice.choice(2000, of: data.test.count)
    let labels = data.train.labels(at: chosen)
    var initialisation = trial.stream(.initialisation)
    var model = Mixer(experts: setup.targets, using: &initialisation)
    var optimizer = Adam(model)
    var batches = ShuffledBatches(count: setup.images, size: 64, using: trial.stream(.shuffling))
    let steps = setup.epochs * batches.batchesPerEpoch
    var busiest = 0
    for step in 0..<steps {
      let batch = batches.next() ?? []
      let x = patches(data.train, batch.map { chosen[$0] })
      let answers = batch.map { labels[$0] }
      let gradient = gradient(at: model) { model in
        softmaxCrossEntropy(logits: model.logits(x) { routed($0, setup) }, labels: answers)
      }
      let rate = 2e-3 * 0.5 * (1 + cos(Double.pi * Double(step) / Double(steps)))
      optimizer.update(&model, along: gradient, rate: rate)
    }
    var (right, idle) = (0, 0)
    for start in stride(from: 0, to: tests.count, by: 100) {
      let part = Array(tests[start..<start + 100])
      let logits = model.logits(patches(data.test, part)) { scores in
        let tokens = routed(scores, setup)
        busiest = max(busiest, mostInOneImage(tokens))
        idle += scores.shape[0] - Set(tokens.joined()).count
        return tokens
      }
      right += zip(logits.argmaxAlongRows(), data.test.labels(at: part)).count { $0 == $1 }
    }
    var outcome = Outcome()
    let at = Entries(setup.entries[0])
    outcome.tokenExcess.append(Count(busiest - setup.entries[0]), at: at)
    outcome.accuracy.append(Percent(100 * Double(right) / Double(tests.count)), at: at)
    outcome.idle.append(Percent(100 * Double(idle) / Double(tests.count * Mixer.patches)), at: at)
    return outcome
  }

  /// The most tokens that an expert has in one image.
  private static func mostInOneImage(_ tokens: [[Int]]) -> Int {
    var most = 0
    for chosen in tokens {
      var count = 0
      for (place, token) in chosen.enumerated() {
        let isSame = place > 0 && chosen[place - 1] / Mixer.patches == token / Mixer.patches
        count = isSame ? count + 1 : 1
        most = max(most, count)
      }
    }
    return most
  }

  /// Patches of 4 × 4 pixels, three colours each, image by image: [64 n, 48].
  private static func patches(_ images: LabelledImages, _ indices: [Int]) -> Tensor<Float> {
    let x: Tensor<Float> = images.tensor(at: indices)
    let turned = x.reshaped(to: [indices.count, 3, 8, 4, 8, 4]).permuted([0, 2, 4, 1, 3, 5])
    return (turned.reshaped(to: [indices.count * Mixer.patches, 48]) - 0.5) * 4
  }
}
