import Foundation

extension DataStore {
  /// Downloads what is missing or damaged of a dataset.
  ///
  /// A file is written beside its place under the ending `.part`, verified there by its content's
  /// SHA-256, and then renamed, so that a reader never sees half a file. A transfer that was cut
  /// leaves the part, and the next fetch continues it.
  ///
  /// - Parameters:
  ///   - name: The dataset.
  ///   - sources: Folders to try in order, as addresses that end in a slash; the dataset's own
  ///     when nil.
  ///   - progress: Told what happens.
  /// - Throws: ``DataError`` of the file that could not be fetched.
  public func fetch(
    _ name: DatasetName, from sources: [String]? = nil, progress: (FetchEvent) -> Void = { _ in }
  ) throws(DataError) {
    for file in name.files {
      try fetch(file, of: name, from: sources ?? name.sources, progress: progress)
    }
  }

  /// Downloads one file unless it is there and intact.
  package func fetch(
    _ file: DatasetFile, of name: DatasetName, from sources: [String],
    progress: (FetchEvent) -> Void
  ) throws(DataError) {
    if isIntact(place(of: file, in: name).path, file, name) {
      progress(.kept(file: file.name))
      return
    }
    let final = folder(of: name).appendingPathComponent(file.name).path
    try makeFolder(of: name)
    var part = try PartialFile(path: final + ".part")
    // A fetch killed between the last byte and the renaming left a whole part.
    if part.size == 0 || !isIntact(part.path, file, name) {
      do throws(DataError) {
        try fill(&part, file, name, sources, progress)
      } catch {
        part.discardIfEmpty()
        throw error
      }
    }
    try part.publish(as: final)
    progress(.finished(file: file.name))
  }

  /// Tries the sources in order until the part is intact.
  private func fill(
    _ part: inout PartialFile, _ file: DatasetFile, _ name: DatasetName, _ sources: [String],
    _ progress: (FetchEvent) -> Void
  ) throws(DataError) {
    var faults: [DataError] = []
    for source in sources {
      let fault: DataError
      if let address = URL(string: source + file.name) {
        let transfer = HTTPTransfer(address: address, limit: file.downloadLimit)
        guard let found = attempt(transfer, file, name, &part, progress) else { return }
        fault = found
      } else {
        fault = .noNetwork(address: source, reason: "it is not an address")
      }
      switch fault {
      case .diskFull, .unwritable: throw fault
      default: break
      }
      progress(.failed(file: file.name, fault: fault))
      faults.append(fault)
    }
    if faults.count == 1, let fault = faults.first { throw fault }
    throw .noSource(name, file: file.name, faults: faults)
  }

  /// Downloads from one source until the part is intact or the source has nothing more to give.
  private func attempt(
    _ transfer: HTTPTransfer, _ file: DatasetFile, _ name: DatasetName,
    _ part: inout PartialFile, _ progress: (FetchEvent) -> Void
  ) -> DataError? {
    var cuts = 0
    while true {
      let offset = part.size
      let address = transfer.address.absoluteString
      progress(.started(file: file.name, address: address, offset: offset))
      let fault = transfer.run(into: &part) { progress(.received(file: file.name, bytes: $0)) }
      switch fault {
      case .interrupted where part.size > offset && cuts < 3:
        cuts += 1
      case .httpStatus(_, 416) where offset > 0, .overlong where offset > 0:
        // The part does not belong to this source's file.
        if let fault = part.empty() { return fault }
      case .some(let fault):
        if case .overlong = fault, let fault = part.empty() { return fault }
        return fault
      case .none:
        do throws(DataError) {
          _ = try Self.contents(at: part.path, of: file, in: name)
          return nil
        } catch {
          if let fault = part.empty() { return fault }
          // Two sources may wrap the content differently, so that their halves do not fit.
          if offset == 0 { return error }
        }
      }
    }
  }

  private func isIntact(_ path: String, _ file: DatasetFile, _ name: DatasetName) -> Bool {
    do throws(DataError) {
      _ = try Self.contents(at: path, of: file, in: name)
      return true
    } catch {
      return false
    }
  }

  private func makeFolder(of name: DatasetName) throws(DataError) {
    let folder = folder(of: name)
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw .unwritable(path: folder.path, reason: error.localizedDescription)
    }
  }
}
