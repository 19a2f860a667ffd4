public import Diagnostics

/// A plan or fragment that cannot be used.
public enum PlanError: Diagnosable, Equatable {
  /// The plan file cannot be read.
  case unreadable(String, String)
  /// The plan file is of another version.
  case schema(String, String)
  /// The plan names a paper that this program does not have.
  case unknownPaper(String)
  /// The plan has no trial of that index.
  case index(Int, count: Int)
  /// A fragment is not what its worker wrote.
  case fragment(String, String)
  /// The executable is older than the sources it would be recorded for.
  case stale(String)

  /// What is wrong, and where.
  public var problem: String {
    switch self {
    case .unreadable(let file, let why): "plan \(file): \(why)"
    case .schema(let file, let schema): "plan \(file): has the form \(schema), not \(Plan.schema)"
    case .unknownPaper(let id): "plan: no paper \(id) in this program"
    case .index(let index, let count): "plan: no trial \(index); there are \(count)"
    case .fragment(let file, let why): "fragment \(file): \(why)"
    case .stale(let folder): "the program is older than the sources in \(folder)"
    }
  }

  /// What to do about it.
  public var remedy: String {
    switch self {
    case .unreadable, .schema, .index: "Start the run again; it writes a new plan."
    case .unknownPaper: "Run the plan with the program that wrote it."
    case .fragment: "Remove the file; its trial is run again."
    case .stale: "Build again with `swift build -c release`, or run with `swift run -c release`."
    }
  }
}
