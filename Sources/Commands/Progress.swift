import Foundation
import Replication
import Reports
import Runner
import Synchronization

/// Shows how a run goes on: one line in place on a terminal, one line a finished seed elsewhere.
final class Progress: Sendable {
  private let paper: String
  private let isQuiet: Bool
  private let state = Mutex(State())
  private let terminal = Terminal.standardError

  private struct State {
    var total = 0
    var recorded = 0
    var start = ContinuousClock.now
    var shown: ContinuousClock.Instant?
    // One failure often strikes many trials; it is told once.
    var told: Set<String> = []
  }

  init(paper: String, isQuiet: Bool) {
    self.paper = paper
    self.isQuiet = isQuiet
  }

  func show(_ event: RunEvent) {
    state.withLock { state in
      switch event {
      case .planned(let trials, let recorded):
        state.total = trials
        state.recorded = recorded
        if isQuiet { return }
        if terminal.isInteractive {
          showLine(&state, done: recorded, claimsReady: 0)
        } else {
          terminal.print("\(paper): \(counted(trials, "trial")), \(recorded) recorded before")
        }
      case .finished(let event):
        let seed = event.trial.seed
        if let failure = event.failure, state.told.insert(failure).inserted {
          if terminal.isInteractive { terminal.write("\r\u{1b}[K") }
          terminal.print("\(paper): seed \(seed) of \(event.trial.setup): \(failure.inert)")
        }
        if isQuiet { return }
        if terminal.isInteractive {
          showLine(&state, done: event.done, claimsReady: event.claimsReady)
        } else if event.leftOfSeed == 0 {
          terminal.print(
            "\(paper): seed \(seed) done, \(event.done) of \(state.total) trials, "
              + "\(event.claimsReady) claims ready")
        }
      }
    }
  }

  /// Removes the line that is shown in place.
  func clear() {
    if !isQuiet && terminal.isInteractive { terminal.write("\r\u{1b}[K") }
  }

  /// Ten times a second at most, with the time left at the pace so far.
  private func showLine(_ state: inout State, done: Int, claimsReady: Int) {
    let now = ContinuousClock.now
    if let shown = state.shown, now - shown < .milliseconds(100), done < state.total { return }
    state.shown = now
    let executed = done - state.recorded
    let elapsed = Double((now - state.start).components.seconds)
    let left = elapsed / Double(max(1, executed)) * Double(state.total - done)
    let line =
      "\(paper)  \(done)/\(state.total) trials  \(claimsReady) claims ready"
      + (elapsed >= 2 ? "  \(Self.duration(left)) left" : "")
    terminal.write("\r\u{1b}[K" + String(line.prefix(terminal.width - 1)))
  }

  /// Seconds as people say them: `41 s`, `3 min 20 s`, `2 h 05 min`.
  static func duration(_ seconds: Double) -> String {
    durationText(seconds)
  }
}
