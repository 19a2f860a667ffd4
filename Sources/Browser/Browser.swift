internal import Foundation
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
public import Reports

/// A server of a registry's pages: they can be read, and nothing else.
///
/// It answers `GET` and `HEAD` from memory and the registry. No path of a request reaches a file
/// system, no request is remembered, and what a visitor may cost is bounded: connections, sizes of
/// headers, time to send a request and to take in its answer.
public final class Browser: Sendable {
  private let site: LiveSite
  private let group: MultiThreadedEventLoopGroup
  private let pool: NIOThreadPool
  private let connections: Connections
  private let server: any Channel

  /// The address of the first page.
  public let link: String

  /// Begins to serve; the site must have been refreshed once.
  ///
  /// - Parameters:
  ///   - site: the pages.
  ///   - address: where to listen.
  ///   - complain: hears of a registry that cannot be read.
  /// - Throws: where the address cannot be listened on.
  public convenience init(
    _ site: LiveSite, at address: ListeningAddress,
    complain: @escaping @Sendable (any Error) -> Void
  ) throws(BrowserError) {
    try self.init(site, at: address, limits: VisitorLimits(), complain: complain)
  }

  package init(
    _ site: LiveSite, at address: ListeningAddress, limits: VisitorLimits,
    complain: @escaping @Sendable (any Error) -> Void
  ) throws(BrowserError) {
    self.site = site
    limits.allowConnections()
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
    let pool = NIOThreadPool(numberOfThreads: 2)
    let connections = Connections(most: limits.connections)
    let responder = Responder(site: site, address: address, complain: complain)
    pool.start()
    let bootstrap = ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 1024)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          try pipeline.configureHTTPServerPipeline(
            withEncoderConfiguration: .init(), withDecoderLimitConfiguration: limits.headers)
          try pipeline.addHandler(RequestHandler(responder, connections, pool, limits))
        }
      }
    do {
      server = try bootstrap.bind(host: address.address, port: address.port).wait()
    } catch {
      pool.shutdownGracefully { _ in }
      group.shutdownGracefully { _ in }
      throw .unavailable(
        address: address.address, port: address.port,
        reason: (error as? IOError).map { String(cString: strerror($0.errnoCode)) } ?? "\(error)")
    }
    link = address.link(port: server.localAddress?.port ?? address.port)
    self.group = group
    self.pool = pool
    self.connections = connections
    follow(complain)
  }

  /// Looks for changes of the registry each second; what takes long is done less often.
  private func follow(_ complain: @escaping @Sendable (any Error) -> Void) {
    let follower = Follower(site: site, complain: complain)
    let pool = self.pool
    server.eventLoop.scheduleRepeatedAsyncTask(
      initialDelay: .seconds(1), delay: .seconds(1)
    ) { [loop = server.eventLoop] _ in
      pool.runIfActive(eventLoop: loop) { follower.look() }
    }
  }

  /// Ends it: no more requests are taken, and every connection is closed.
  public func stop() {
    // What cannot be closed is closed already.
    server.close(promise: nil)
    connections.closeAll()
    pool.shutdownGracefully { _ in }
    let done = DispatchSemaphore(value: 0)
    group.shutdownGracefully { _ in done.signal() }
    _ = done.wait(timeout: .now() + 5)
  }
}
