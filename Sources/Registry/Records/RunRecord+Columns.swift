internal import Digests
internal import GRDB
internal import Provenance

extension RunRecord {
  /// Its columns in the order in which it reads them, of runs joined with what they refer to.
  static let columns = """
    runs.paper, runs.tier, runs.started_at, runs.source, sources.document, blobs.content,
    runs.paper_tree, runs.core_tree, runs.environment, environments.document, runs.arguments,
    runs.seeds, runs.nonce
    """

  init(_ reader: inout ColumnReader, _ documents: KnownDocuments) throws {
    do {
      self.init(
        paper: reader.value(), tier: reader.value(), startedAt: try reader.time(),
        source: try documents.source(&reader), paperTree: try reader.optionalDigest(),
        coreTree: try reader.optionalDigest(), environment: try documents.environment(&reader),
        arguments: try JSONReader(reader.json().json).strings(),
        seeds: try JSONReader(reader.json().json).map { item throws(JSONReader.Mismatch) in
          try item.seed()
        }, nonce: reader.value())
    } catch let mismatch as JSONReader.Mismatch {
      throw RegistryError.corrupt(path: reader.path, reason: mismatch.description)
    }
  }
}

/// Source trees and machines that were read lately, by their digests: many runs share them.
final class KnownDocuments {
  private var sources: [String: SourceState] = [:]
  private var environments: [String: ExecutionEnvironment] = [:]

  /// Reads a digest, the document and the patch.
  fileprivate func source(_ reader: inout ColumnReader) throws -> SourceState {
    let digest: String = reader.value()
    if let source = sources[digest] {
      reader.skip(2)
      return source
    }
    var source = try SourceState(JSONReader(reader.json().json))
    source.diff = reader.value()
    sources[digest] = source
    return source
  }

  /// Reads a digest and the document.
  fileprivate func environment(_ reader: inout ColumnReader) throws -> ExecutionEnvironment {
    let digest: String = reader.value()
    if let environment = environments[digest] {
      reader.skip(1)
      return environment
    }
    let environment = try ExecutionEnvironment(JSONReader(reader.json().json))
    environments[digest] = environment
    return environment
  }
}

extension RunEnd {
  /// The end of a run in five columns; nil where it has none.
  init?(_ reader: inout ColumnReader) throws {
    let endedAt = try reader.optionalTime()
    let verdict = try reader.optionalVerdict()
    let outcome = try reader.optionalDigest()
    let seconds: Double? = reader.value()
    let note: String? = reader.value()
    guard let endedAt, let seconds else { return nil }
    if let verdict, let outcome {
      self.init(
        finishedAt: endedAt, verdict: verdict, outcomeDigest: outcome, seconds: seconds, note: note)
    } else {
      self.init(interruptedAt: endedAt, seconds: seconds, note: note ?? "")
    }
  }
}
