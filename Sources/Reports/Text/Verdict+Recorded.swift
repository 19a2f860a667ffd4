package import Evidence
package import Registry

extension Verdict {
  /// A verdict as it was recorded.
  package init(_ recorded: RecordedVerdict) {
    self =
      switch recorded {
      case .pass: .pass
      case .fail: .fail
      case .inconclusive: .inconclusive
      case .error: .error
      }
  }
}
