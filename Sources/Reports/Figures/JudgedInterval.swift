import Evidence
import Registry

/// A measured interval and the accepted one, on the scale on which they were compared.
struct JudgedInterval: Hashable {
  let verdict: Verdict
  /// The accepted numbers; nil where they are not known.
  let accepted: Band?
  /// The measured number; nil where there is none.
  let estimate: Double?
  /// Its interval; nil where it has none.
  let interval: Interval?
  let unit: String

  /// A judgement of numbers at hand.
  init(verdict: Verdict, accepted: Band?, estimate: Double?, interval: Interval?, unit: String) {
    self.verdict = verdict
    self.accepted = accepted
    self.estimate = estimate
    self.interval = interval
    self.unit = unit
  }

  /// A judgement as recorded.
  ///
  /// Under a share of seeds what is judged is the share, not the numbers of the band.
  init(_ judgement: JudgementSummary, by rule: SeedRule?) {
    verdict = Verdict(judgement.verdict)
    estimate = judgement.estimate.flatMap { $0.isNaN ? nil : $0 }
    interval = judgement.interval?.ends
    if case .share(of: _, atLeast: let share)? = rule {
      accepted = share > 0 && share <= 1 ? .between(share, 1) : nil
      unit = "of the seeds"
    } else {
      accepted = judgement.band?.band
      unit = judgement.unit
    }
  }

  /// The measured number in words.
  var measuredText: String {
    estimate.map { resultText($0, interval, unit: unit) } ?? "no number"
  }

  /// The accepted numbers in words.
  var acceptedText: String {
    accepted.map { Reports.acceptedText($0, unit: unit) } ?? "not recorded"
  }

  /// The finite numbers that a drawing must show.
  var landmarks: [Double] {
    [accepted?.lower, accepted?.upper, estimate, interval?.lower, interval?.upper]
      .compactMap { $0 }.filter(\.isFinite)
  }
}

/// A measured interval drawn over the accepted one.
struct IntervalStrip {
  /// The numbers at both ends of the drawing.
  let lower: Double
  let upper: Double
  let width: Double

  /// A range that shows some numbers, with something on either side.
  init(showing numbers: [Double], width: Double = 200) {
    self.width = width
    let (least, greatest) = (numbers.min() ?? 0, numbers.max() ?? 1)
    let room = greatest > least ? (greatest - least) / 8 : max(1e-300, least.magnitude / 2)
    let ends = (least - room, greatest + room)
    (lower, upper) = ends.0 < ends.1 && (ends.1 - ends.0).isFinite ? ends : (least - 1, least + 1)
  }

  /// The drawing of one judgement, with its words as the alternative.
  func svg(_ judged: JudgedInterval) -> Markup {
    """
    <svg class="strip" viewBox="0 0 \(at: width) 24" role="img" aria-label="accepted \
    \(judged.acceptedText); measured \(judged.measuredText)">\(marks(of: judged, y: 12, half: 12))</svg>
    """
  }

  /// The marks of one judgement around a height.
  func marks(of judged: JudgedInterval, y: Double, half: Double) -> Markup {
    var marks = Markup()
    if let band = judged.accepted {
      let (start, end) = (x(band.lower), x(band.upper))
      marks += """
        <rect class="acc" x="\(at: start)" y="\(at: y - half)" width="\(at: max(1, end - start))" \
        height="\(at: 2 * half)"/>
        """
      for (bound, at) in [(band.lower, start), (band.upper, end)] where bound.isFinite {
        marks += "<path class=\"edge\" d=\"M\(at: at) \(at: y - half)v\(at: 2 * half)\"/>"
      }
    }
    guard let estimate = judged.estimate, estimate.isFinite else { return marks }
    let name = VerdictSign(judged.verdict).name
    if let interval = judged.interval {
      let (start, end) = (x(interval.lower), x(interval.upper))
      marks +=
        "<path class=\"ci \(name)\" d=\"M\(at: start) \(at: y)H\(at: max(start + 0.5, end))\"/>"
    }
    marks += "<circle class=\"dot \(name)\" cx=\"\(at: x(estimate))\" cy=\"\(at: y)\" r=\"3.4\"/>"
    return marks
  }

  /// Where a number lies; one beyond an end lies at that end.
  func x(_ number: Double) -> Double {
    let share = (number - lower) / (upper - lower)
    return (share.isNaN ? 0.5 : min(1, max(0, share))) * width
  }
}
