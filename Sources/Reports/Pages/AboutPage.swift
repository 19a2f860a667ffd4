import Evidence

/// The page that explains the verdicts.
struct AboutPage {
  private static let frame = PageFrame(location: .about, title: "About")

  static var page: [UInt8] {
    let content: Markup = """
      <h1>What the verdicts mean</h1>
      <p class="lead">A published claim is declared as a test before it is run: a measure, the range that \
      is accepted and where it comes from, a rule for seeds, and a control under which the claim must not \
      pass. A run executes the trials and judges every claim.</p>
      <dl class="facts wide">
      <dt>\(VerdictSign(.pass).chip)</dt><dd>The evidence lies in the accepted range. For a mean over seeds: \
      its 90 % interval lies inside, which is two one-sided tests at 5 %.</dd>
      <dt>\(VerdictSign(.fail).chip)</dt><dd>The evidence lies outside. For a mean: its 95 % interval has no \
      number in common with the accepted range. A claim fails at the size that was run; that is recorded as \
      it fell.</dd>
      <dt>\(VerdictSign(.inconclusive).chip)</dt><dd>Neither: too few seeds or too much scatter to say, or a \
      premise of the claim does not hold.</dd>
      <dt>\(VerdictSign(.error).chip)</dt><dd>There is nothing to judge: a number is missing or not finite, a \
      trial crashed, or the claim also passes under its control and so shows nothing.</dd>
      <dt>\(VerdictSign(nil).chip)</dt><dd>Never judged at that tier.</dd></dl>
      <h2>How to read a drawing</h2>
      <p class="sample">\(IntervalStrip(showing: [0, 1]).svg(sample))</p>
      <p>The shaded range is accepted; an end that is open reaches the edge of the drawing. The line is the \
      measured interval and the dot its estimate. Claims that must hold in every seed show the range of the \
      seeds and the value furthest out. Figures show means over seeds with 90 % intervals.</p>
      <h2>Where goalposts stand</h2>
      <p>A claim with another accepted range, measure, rule or control is another version of it, with another \
      digest. The history of a claim draws what was accepted at each run, and a dashed line where it changed. \
      A verdict on a declaration that has changed since is marked as such.</p>
      <h2>Tiers</h2>
      <p><strong>smoke</strong> takes seconds and guards the code; <strong>standard</strong> takes minutes at \
      the seeds that the claims need; <strong>full</strong> is the paper’s own scale. A page shows the largest \
      tier that was run to its end.</p>
      <h2>The same bits</h2>
      <p>The outcome of a trial is a pure function of code, setup, seed and data. The outcome digest of a run \
      covers setups, seeds, data and outcomes; whoever runs it again at its commit gets the same digest, on any \
      machine. Each run’s page says how.</p>
      """
    return frame.page(content)
  }

  private static var sample: JudgedInterval {
    JudgedInterval(
      verdict: .pass, accepted: .between(0.25, 0.9), estimate: 0.55,
      interval: .init(lower: 0.4, upper: 0.7), unit: "")
  }
}
