public import Diagnostics

/// What can go wrong between a registry, its ledger and the world.
public enum RegistryError: Diagnosable, Hashable {
  /// The file or its folder cannot be opened.
  case unavailable(path: String, reason: String)
  /// The file or its folder cannot be written.
  case unwritable(path: String, reason: String)
  /// Another process holds the file.
  case locked(path: String)
  /// There is no space left.
  case full(path: String)
  /// The file is damaged.
  case corrupt(path: String, reason: String)
  /// The file is a database of another program.
  case foreign(path: String)
  /// The file was written by a newer version of the program.
  case newer(path: String, version: Int, known: Int)
  /// The database refused a statement.
  case refused(path: String, reason: String)
  /// A record contradicts itself or the registry.
  case invalidRecord(String)
  /// No run has an id that starts so.
  case unknownRun(String)
  /// Several runs have an id that starts so.
  case ambiguousRun(String, candidates: [String])
  /// A ledger file does not hold what it must.
  case badLedgerFile(path: String, reason: String)
  /// A ledger file could not be written or read.
  case ledgerUnavailable(path: String, reason: String)

  /// Whether the fault lies in what was given, not in the registry.
  public var isInputFault: Bool {
    switch self {
    case .invalidRecord, .unknownRun, .ambiguousRun, .badLedgerFile: true
    default: false
    }
  }

  /// What is wrong, in one line.
  public var problem: String {
    switch self {
    case .unavailable(let path, let reason): "the registry \(path) cannot be opened: \(reason)"
    case .unwritable(let path, let reason): "the registry \(path) cannot be written: \(reason)"
    case .locked(let path): "the registry \(path) is locked by another process"
    case .full(let path): "no space is left for the registry \(path)"
    case .corrupt(let path, let reason): "the registry \(path) is damaged: \(reason)"
    case .foreign(let path): "\(path) is a database of another program, not a registry"
    case .newer(let path, let version, let known):
      "the registry \(path) was written by a newer version: schema \(version), known \(known)"
    case .refused(let path, let reason): "the registry \(path) refused a statement: \(reason)"
    case .invalidRecord(let reason): "a record is invalid: \(reason)"
    case .unknownRun(let prefix): "no run has an id that starts with '\(prefix)'"
    case .ambiguousRun(let prefix, let candidates):
      "several runs start with '\(prefix)': \(candidates.joined(separator: ", "))"
    case .badLedgerFile(let path, let reason): "the ledger file \(path) is not valid: \(reason)"
    case .ledgerUnavailable(let path, let reason): "the ledger at \(path): \(reason)"
    }
  }

  /// What the user can do about it.
  public var remedy: String {
    switch self {
    case .unavailable: "Check the path, or name another with --registry."
    case .unwritable: "Check the permissions of file and folder, or name another with --registry."
    case .locked: "Wait until the other run has ended and try again; nothing was recorded."
    case .full: "Free some space and try again; what was recorded before is safe."
    case .corrupt(let path, _):
      "Move \(path) away with its -wal and -shm files; a new one fills itself from the ledger."
    case .foreign: "Name another file with --registry."
    case .newer: "Update replicate, or name another file with --registry."
    case .refused: "Run replicate doctor; report this with its output."
    case .invalidRecord: "Correct the record; nothing of it was stored."
    case .unknownRun: "List the runs with replicate history."
    case .ambiguousRun: "Give more characters of the id."
    case .badLedgerFile: "Restore the file from version control, or delete it."
    case .ledgerUnavailable: "Check the permissions and the free space of the folder."
    }
  }
}
