import Foundation
import Registry

extension PlaceOptions {
  /// The registry for reading: the file, else one in memory filled from the ledger.
  func openForReading() throws -> ResultRegistry {
    if FileManager.default.fileExists(atPath: registryFile.path) { return try open(.readOnly) }
    let registry = try ResultRegistry()
    if let ledger = Self.ledger, FileManager.default.fileExists(atPath: ledger.path) {
      try registry.importLedger(from: ledger)
    }
    return registry
  }
}
