import Evidence

extension Judge {
  /// Judges one condition cell by cell, as declared or under the control.
  func judged(_ condition: Condition<P>, under control: Control<P>?) -> ConditionResult {
    let term = control.map { $0.applied(to: condition.term) } ?? condition.term
    let (judgement, cells) =
      if case .computed(let computed) = term {
        judged(computed, condition)
      } else {
        judged(term, condition, relabelled: control?.relabelled ?? [])
      }
    return ConditionResult(
      measure: term.text, band: condition.band, unit: condition.unit,
      quantum: condition.traits.quantum, range: condition.traits.range,
      reported: condition.traits.reported, judgement: judgement, cells: cells)
  }

  private func judged(
    _ term: Term<P>, _ condition: Condition<P>,
    relabelled: [(axis: Axis<P>, how: Control<P>.Relabelling)]
  ) -> (Judgement, [CellResult]) {
    var readings: [String: [Int: Reading]] = [:]
    var labels: [String] = []
    var open: (seed: Int, error: MeasureError)?
    for seed in 0..<rule.seeds {
      let evaluation = Evaluation<P>(
        seed: seed, grids: grids,
        outcome: { (setup) throws(MeasureError) in try book.outcome(setup, seed: seed) },
        relabelled: relabelled)
      do throws(MeasureError) {
        for cell in try evaluation.table(term).cells {
          if readings[cell.label] == nil { labels.append(cell.label) }
          guard readings[cell.label]?[seed] == nil else {
            throw MeasureError("two cells are called '\(cell.label)'")
          }
          readings[cell.label, default: [:]][seed] = cell.reading
        }
      } catch {
        if !error.isOpen { return unjudged(.error, seed: seed, error) }
        open = open ?? (seed, error)
      }
    }
    if let open { return unjudged(.inconclusive, seed: open.seed, open.error) }
    let cells = labels.map { label in
      Cell(
        label: label,
        readings: SeedReading.list(for: 0..<rule.seeds, from: readings[label] ?? [:]))
    }
    let level = edition.failLevel(sharedBy: cells.count * expectation.conditions.count)
    // A single value without a position needs no word on which cell decides.
    if cells.count == 1, let only = cells.first, only.label.isEmpty {
      let judgement = judge(
        only.readings, by: rule, against: condition.band, of: condition.traits, failing: level)
      return (judgement, [CellResult(label: "", readings: only.readings, judgement: judgement)])
    }
    let judged = judge(
      cells: cells, by: rule, against: condition.band, of: condition.traits, failing: level)
    return (
      judged.overall,
      zip(cells, judged.cells).map {
        CellResult(label: $0.label, readings: $0.readings, judgement: $1.judgement)
      }
    )
  }

  /// Judges a statistic of the whole sample: one number, which holds its own uncertainty.
  private func judged(
    _ computed: ComputedTerm<P>, _ condition: Condition<P>
  ) -> (Judgement, [CellResult]) {
    let sample = Sample<P>(seeds: Array(0..<rule.seeds)) { arm, seed in
      try grids.cells(of: arm).map { ($0.setup, try book.outcome($0.setup, seed: seed)) }
    }
    do {
      let readings = [SeedReading(seed: 0, reading: .value(try computed.compute(sample)))]
      let judgement = judge(readings, by: .once, against: condition.band)
      return (judgement, [CellResult(label: "", readings: readings, judgement: judgement)])
    } catch {
      return unjudged(.error, seed: nil, error as? MeasureError ?? MeasureError("\(error)"))
    }
  }

  /// A condition without a value: an error, or undecided where the results leave it open.
  private func unjudged(
    _ verdict: Verdict, seed: Int?, _ error: MeasureError
  ) -> (Judgement, [CellResult]) {
    let place = seed.map { "seed \($0): " } ?? ""
    let judgement = Judgement(verdict: verdict, n: 0, reason: place + error.message)
    let readings = SeedReading.list(for: 0..<rule.seeds, from: [:])
    return (judgement, [CellResult(label: "", readings: readings, judgement: judgement)])
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
