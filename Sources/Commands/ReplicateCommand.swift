public import ArgumentParser
import Diagnostics
import Foundation
import Registry
public import Replication
import Reports
import Tensors

/// The program `replicate`, for the catalogue that it is given.
///
/// An executable of three lines gives anybody's own papers the whole program:
/// `await Replicate.main(catalogue: …)`.
public struct Replicate: AsyncParsableCommand {
  /// What the program is, and its commands.
  public static let configuration = CommandConfiguration(
    commandName: "replicate",
    abstract: "Check whether published claims still hold.",
    discussion: """
      A paper is a declared replication: claims with accepted intervals, seeds and a control. \
      `replicate <paper-id>` runs one and judges its claims.

      Exit codes: 0 all pass, 1 a claim failed, 2 none failed and some are undecided, \
      3 a trial or the infrastructure failed, 5 nothing selected, 64 usage, \
      65 bad declaration or input, 69 registry unavailable or locked, 130 and 143 signals.
      """,
    version: version,
    subcommands: [
      RunCommand.self, ListCommand.self, ShowCommand.self, ExplainCommand.self,
      PlanCommand.self, JudgeCommand.self, HistoryCommand.self, CompareCommand.self,
      DataCommand.self,
      CheckCommand.self,
      DoctorCommand.self, SiteCommand.self, ServeCommand.self, ExportCommand.self,
      WorkerCommand.self,
    ],
    defaultSubcommand: RunCommand.self)

  /// The version of the program.
  public static let version = "0.1.0"

  /// The command without arguments, which prints its help.
  public init() {}

  /// The papers that the running program has.
  @TaskLocal static var catalogue: [any Replication.Type] = []

  /// Runs the command line and ends the process with the exit code of its outcome.
  ///
  /// - Parameters:
  ///   - catalogue: The papers of this program.
  ///   - arguments: The arguments after the program's name; nil takes the process's own.
  public static func main(
    catalogue: [any Replication.Type], arguments: [String]? = nil
  ) async -> Never {
    // A reader that closes its end, such as `head`, ends the program quietly.
    signal(SIGPIPE, SIG_DFL)
    let code = await $catalogue.withValue(catalogue) {
      await outcome(of: arguments ?? Array(CommandLine.arguments.dropFirst()))
    }
    Foundation.exit(code)
  }

  private static func outcome(of arguments: [String]) async -> Int32 {
    do {
      var command = try parseAsRoot(arguments.isEmpty ? ["--help"] : arguments)
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      return 0
    } catch let error as any Diagnosable {
      tell(error)
      return ExitStatus(of: error).rawValue
    } catch let error as KernelsError {
      Terminal.standardError.print("error: \(error.problem)\nhelp: \(error.remedy)")
      return ExitStatus.usage.rawValue
    } catch {
      let code = exitCode(for: error)
      let message = fullMessage(for: error)
      // The parser calls every error that is not its own a failure; 1 is a claim's alone.
      if code == .failure, !(error is ExitCode) {
        Terminal.standardError.print("error: \("\(error)".inert)")
        return ExitStatus.infrastructure.rawValue
      }
      if code == .success {
        if !message.isEmpty { Terminal.standardOutput.print(message) }
      } else {
        tellUsage(message)
      }
      return code.rawValue
    }
  }

  /// Tells what the parser found wrong, in the form of every other error.
  private static func tellUsage(_ message: String) {
    guard !message.isEmpty else { return }
    let text = message.hasPrefix("Error: ") ? "error: " + message.dropFirst(7) : message
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      Terminal.standardError.print(String(line).inert)
    }
  }

  private static func tell(_ error: any Diagnosable) {
    let lines = error.problem.split(separator: "\n").map { String($0).inert }
    let problem = lines.joined(separator: "\n")
    Terminal.standardError.print("error: \(problem)\nhelp: \(error.remedy.inert)")
  }
}
