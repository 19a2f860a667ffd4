import Evidence

extension Judge {
  /// Judges one condition cell by cell, as declared or under the control.
  func judged(_ condition: Condition<P>, under control: Control<P>?) -> ConditionResult {
    let term = control.map { $0.applied(to: condition.term) } ?? condition.term
    let cells =
      if case .computed(let computed) = term {
        [judged(computed, condition)]
      } else {
        judged(term, condition, relabelled: control?.relabelled ?? [])
      }
    return ConditionResult(
      measure: term.text, band: condition.band, unit: condition.unit,
      verdict: Verdict.worst(of: cells.map(\.judgement.verdict)), cells: cells)
  }

  private func judged(
    _ term: Term<P>, _ condition: Condition<P>,
    relabelled: [(axis: Axis<P>, how: Control<P>.Relabelling)]
  ) -> [CellResult] {
    var readings: [String: [Int: Reading]] = [:]
    var labels: [String] = []
    for seed in 0..<rule.seeds {
      let evaluation = Evaluation<P>(
        seed: seed, grids: grids,
        outcome: { (setup) throws(MeasureError) in try book.outcome(setup, seed: seed) },
        relabelled: relabelled)
      do throws(MeasureError) {
        for cell in try evaluation.table(term).cells {
          if readings[cell.label] == nil { labels.append(cell.label) }
          readings[cell.label, default: [:]][seed] = cell.reading
        }
      } catch {
        return [missing(seed: seed, error)]
      }
    }
    return labels.map { label in
      let list = SeedReading.list(for: 0..<rule.seeds, from: readings[label] ?? [:])
      return CellResult(
        label: label, readings: list,
        judgement: judge(list, by: rule, against: condition.band, quantum: condition.quantum))
    }
  }

  /// Judges a statistic of the whole sample: one number, which holds its own uncertainty.
  private func judged(_ computed: ComputedTerm<P>, _ condition: Condition<P>) -> CellResult {
    let sample = Sample<P>(seeds: Array(0..<rule.seeds)) { arm, seed in
      try grids.cells(of: arm).map { ($0.setup, try book.outcome($0.setup, seed: seed)) }
    }
    do {
      let readings = [SeedReading(seed: 0, reading: .value(try computed.compute(sample)))]
      return CellResult(
        label: "", readings: readings,
        judgement: judge(readings, by: .once, against: condition.band))
    } catch {
      return missing(seed: nil, error as? MeasureError ?? MeasureError("\(error)"))
    }
  }

  private func missing(seed: Int?, _ error: MeasureError) -> CellResult {
    let place = seed.map { "seed \($0): " } ?? ""
    return CellResult(
      label: "", readings: SeedReading.list(for: 0..<rule.seeds, from: [:]),
      judgement: Judgement(verdict: .error, n: 0, reason: place + error.message))
  }
}

extension Control {
  /// The axes that the control relabels.
  var relabelled: [(axis: Axis<P>, how: Relabelling)] {
    substitutions.compactMap { substitution in
      if case .relabelled(let axis, let how) = substitution { (axis, how) } else { nil }
    }
  }
}
