import Browser
import FixturePapers
import Foundation
import Registry
import Replication
import Reports
import SyntheticRegistry

/// A registry that is served while a test holds it.
final class Served {
  let registry: ResultRegistry
  let site: LiveSite
  let port: Int
  private let browser: Browser

  init(
    _ registry: ResultRegistry, catalogue: [any Replication.Type] = [CoinPaper.self],
    limits: VisitorLimits = VisitorLimits()
  ) throws {
    self.registry = registry
    site = LiveSite(catalogue: catalogue, source: registry, readers: [])
    try site.refresh()
    browser = try Browser(site, at: ListeningAddress(port: 0), limits: limits) { _ in }
    port = URL(string: browser.link)?.port ?? 0
  }

  deinit { browser.stop() }

  /// The id of a paper in the catalogue.
  static var paper: String { CoinPaper.paper.id }

  /// A synthetic registry.
  convenience init(
    limits: VisitorLimits = VisitorLimits(),
    describe: (inout SyntheticRegistry) -> Void = { _ in }
  ) throws {
    var synthetic = SyntheticRegistry()
    describe(&synthetic)
    let registry = try ResultRegistry()
    try synthetic.write(to: registry)
    try self.init(registry, limits: limits)
  }

  /// What one request of a new connection is answered.
  func ask(
    _ target: String, method: String = "GET", host: String = "localhost", headers: String = ""
  ) throws -> Visitor.Answer? {
    try Visitor(port: port).ask(target, method: method, host: host, headers: headers)
  }
}
