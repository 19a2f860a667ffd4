import Foundation
import Registry

extension PlaceOptions {
  /// The registry for reading: the file, else one in memory filled from the ledger.
  func openForReading() throws -> ResultRegistry {
    if FileManager.default.fileExists(atPath: registryFile.path) { return try open(.readOnly) }
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
