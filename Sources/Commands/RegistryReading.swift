import Foundation
import Registry
import Reports

extension PlaceOptions {
  /// The registry for reading, with what the ledger has: the file, else one in memory.
  ///
  /// The repository's own file is made where it is missing, so that the ledger is taken in once. A
  /// file that cannot be written, or is being written, is read as it is.
  func openForReading() throws -> ResultRegistry {
    let isThere = FileManager.default.fileExists(atPath: registryFile.path)
    if isThere || isRepositoryFile {
      if !isThere, Terminal.standardError.isInteractive {
        Terminal.standardError.print("taking in the committed results, which happens once")
      }
      do {
        return try open(.readWrite)
      } catch RegistryError.unwritable, RegistryError.locked, RegistryError.full {
        if isThere { return try open(.readOnly) }
      }
    }
    let registry = try ResultRegistry()
    if let ledger = Self.ledger { try registry.fill(from: ledger) }
    return registry
  }
}

extension ResultRegistry {
  /// Takes in the committed results that are not there yet; says which files it had to leave out.
  func fill(from ledger: URL) throws {
    let result = try importLedger(Ledger(at: ledger))
    for fault in result.refused {
      Terminal.standardError.print("warning: \(fault.problem.inert)\nhelp: \(fault.remedy.inert)")
    }
  }
}
