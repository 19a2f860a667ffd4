import ArgumentParser
import Replication
import Reports

/// The form in which a reading command prints.
struct OutputOptions: ParsableArguments {
  @Flag(help: "Print JSON.") var json = false
  @Flag(help: "Print comma-separated values.") var csv = false
  @Flag(
    name: .customLong("no-pager"),
    help: "Do not start $REPLICATE_PAGER, $PAGER or less on a terminal.")
  var noPager = false

  func validate() throws {
    if json && csv { throw ValidationError("Choose --json or --csv, not both.") }
  }

  /// Prints an object; what was recorded cannot steer a terminal, and reads back as it was.
  func show(_ object: some Encodable) throws {
    show([try Canonical.text(object).inertJSON])
  }

  /// Prints lines, through a pager where a person watches and wants one.
  func show(_ lines: [String]) {
    Terminal.standardOutput.show(lines, paging: !noPager && !json && !csv)
  }
}
