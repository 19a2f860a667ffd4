import Replication
import TrainingCore

extension Chelombiev2019AdaptiveEstimators {
  /// Trains one network and estimates what its layers know.
  static func network(_ setup: Setup, in trial: Trial) throws -> Outcome {
    let codes = Codes()
    var shuffling = trial.stream(.shuffling)
    let order = shuffling.permutation(of: codes.labels.count)
    // 80 % of the codes.
    let split = 3277
    let initialisation = trial.stream(.initialisation)
    var discarded = 0
    var seen: [Glimpse] = []
    while true {
      seen = glimpses(
        setup, codes, training: Array(order[..<split]),
        initialisation: initialisation.child(discarded))
      guard let end = seen.last else { throw Untrainable(attempts: discarded) }
      if accuracy(end, codes, at: order[..<split]) >= 100 * setup.leastAccuracy { break }
      discarded += 1
      if discarded == 5 { throw Untrainable(attempts: discarded) }
    }
    var outcome = Outcome()
    for glimpse in seen {
      let place = Epochs(glimpse.epoch)
      outcome.trainAccuracy.append(
        Percent(accuracy(glimpse, codes, at: order[..<split])), at: place)
      outcome.testAccuracy.append(
        Percent(accuracy(glimpse, codes, at: order[split...])), at: place)
    }
    outcome.discarded.append(Count(discarded), at: Epochs(setup.epochs))
    outcome.labelEntropy.append(Bits(entropy(codes.labels.map(UInt64.init))), at: Layer(0))
    for layer in seen[0].layers.indices { measure(layer, of: seen, setup, codes, in: &outcome) }
    return outcome
  }

  /// No initialisation gives a network that learns.
  struct Untrainable: Error {
    let attempts: Int
  }

  private static func accuracy(
    _ glimpse: Glimpse, _ codes: Codes, at indices: ArraySlice<Int>
  ) -> Double {
    let hits = indices.count { glimpse.guesses[$0] == codes.labels[$0] }
    return 100 * Double(hits) / Double(indices.count)
  }

  /// The information of one layer along training, and what becomes of it.
  private static func measure(
    _ layer: Int, of seen: [Glimpse], _ setup: Setup, _ codes: Codes, in outcome: inout Outcome
  ) {
    let outputs = seen[0].layers.count - 1
    let lowest = lowest(setup.activation, isOutput: layer == outputs)
    let place = Layer(layer + 1)
    let labelEntropy = entropy(codes.labels.map(UInt64.init))
    let greatest = seen.map { $0.layers[layer].max().item }.max() ?? .nan
    let fixed = fixedEdges(to: greatest, lowest: lowest)
    var planes: [(input: Double, label: Double)] = []
    var fixedInputs: [Double] = []
    for glimpse in seen {
      let values = glimpse.layers[layer]
      let symbols = symbols(values, edges: adaptiveEdges(values, lowest: lowest))
      let plane = information(symbols, labels: codes.labels)
      planes.append(plane)
      fixedInputs.append(entropy(Self.symbols(values, edges: fixed)))
      let epoch = Epochs(glimpse.epoch)
      if layer == 0 { outcome.firstInput.append(Bits(plane.input), at: epoch) }
      if layer == outputs - 1 {
        outcome.lastInput.append(Bits(plane.input), at: epoch)
        outcome.lastLabel.append(Bits(plane.label), at: epoch)
      }
      if layer == outputs {
        outcome.outputInput.append(Bits(plane.input), at: epoch)
        outcome.outputLabel.append(Bits(plane.label), at: epoch)
      }
    }
    let inputs = planes.map(\.input)
    let labels = planes.map(\.label)
    let compressed = compression(inputs)
    outcome.compression.append(Ratio(compressed), at: place)
    if layer < outputs {
      outcome.hiddenCompression.append(Ratio(compressed), at: place)
      outcome.fixedCompression.append(Ratio(compression(fixedInputs)), at: place)
    }
    outcome.initialInput.append(Bits(inputs[0]), at: place)
    let signs = symbols(seen[0].layers[layer], edges: [0])
    outcome.initialSigns.append(Bits(entropy(signs)), at: place)
    let most = inputs.max() ?? .nan
    outcome.greatestInput.append(Bits(most), at: place)
    outcome.greatestInputInNats.append(Bits(most * log(2.0)), at: place)
    outcome.leastLabel.append(Bits(labels.min() ?? .nan), at: place)
    outcome.leastLabelSlack.append(Bits(labelEntropy - (labels.max() ?? .nan)), at: place)
    if setup.kernels {
      let end = kernelBounds(seen[seen.count - 1].layers[layer])
      outcome.kernelUpper.append(Bits(end.upper), at: place)
      outcome.kernelLower.append(Bits(end.lower), at: place)
      guard layer < outputs else { return }
      let before = (0..<4).map { kernelBounds(seen[$0 * (seen.count - 1) / 4].layers[layer]).upper }
      outcome.kernelCompression.append(Ratio(compression(before + [end.upper])), at: place)
    }
  }

  /// C = (greatest − last) / greatest; a layer that never knows anything has nothing to lose.
  private static func compression(_ information: [Double]) -> Double {
    guard let greatest = information.max(), let last = information.last else { return .nan }
    return greatest > 0 ? (greatest - last) / greatest : 0
  }
}
