import Digests
import Dispatch
import Registry
import Synchronization

/// The pages of all runs: some are read from the registry while those before them are written.
struct RunPages: Sendable {
  let registry: ResultRegistry
  let titles: [String: String]
  /// Runs that come with their files.
  let filed: Set<Digest>

  /// How many runs are read at once, and how many such batches may wait to be written.
  private static let (batch, waiting) = (128, 4)

  func write(_ runs: [RunSummary], with writer: SiteWriter) throws {
    let failure = FirstFailure()
    let queue = DispatchQueue(label: "run pages")
    let room = DispatchSemaphore(value: Self.waiting)
    for start in stride(from: 0, to: runs.count, by: Self.batch) {
      room.wait()
      let part = runs[start..<min(start + Self.batch, runs.count)]
      let details: [RunDetail]
      do {
        details = try registry.details(of: part.map(\.id))
      } catch {
        failure.note(error)
        room.signal()
        break
      }
      queue.async {
        defer { room.signal() }
        do {
          for detail in details { try write(detail, with: writer) }
        } catch {
          failure.note(error)
        }
      }
      if failure.error != nil { break }
    }
    queue.sync {}
    if let error = failure.error { throw error }
  }

  private func write(_ detail: RunDetail, with writer: SiteWriter) throws {
    let run = detail.run.id
    let hasFiles = detail.end?.verdict != nil && filed.contains(run)
    let page = RunPage(
      detail, title: titles[detail.run.paper] ?? detail.run.paper, hasFiles: hasFiles)
    try writer.put(page.page, at: .run(run))
    guard hasFiles else { return }
    try writer.put(Array(registry.entry(of: run).text.utf8), at: .ledgerEntry(run))
    try writer.put(CSV.file(CSV.lines(detail.trials)), at: .trials(run))
  }
}

/// The first of several errors.
private final class FirstFailure: Sendable {
  private let state = Mutex<(any Error)?>(nil)

  var error: (any Error)? { state.withLock(\.self) }

  func note(_ error: any Error) { state.withLock { $0 = $0 ?? error } }
}
