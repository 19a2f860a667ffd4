internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// Answers the requests of one connection, one after the other.
final class RequestHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let responder: Responder
  private let connections: Connections
  private let pool: NIOThreadPool
  private let limits: VisitorLimits
  private var head: HTTPRequestHead?
  private var hasBody = false
  private var deadline: Scheduled<Void>?

  init(
    _ responder: Responder, _ connections: Connections, _ pool: NIOThreadPool,
    _ limits: VisitorLimits
  ) {
    self.limits = limits
    self.responder = responder
    self.connections = connections
    self.pool = pool
  }

  func channelActive(context: ChannelHandlerContext) {
    connections.add(context.channel)
    close(after: limits.time(for: 0), context)
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    deadline?.cancel()
    connections.remove(context.channel)
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      let isEmpty = head.headers["Content-Length"].allSatisfy { $0 == "0" }
      hasBody = !isEmpty || head.headers.contains(name: "Transfer-Encoding")
      // A body is not waited for: the answer to it is to close the connection.
      if hasBody { answer(head, context) } else { self.head = head }
    case .body: break
    case .end:
      if let head { answer(head, context) }
    }
  }

  private func answer(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    self.head = nil
    connections.note(context.channel, isIdle: false)
    switch responder.answer(to: head, hasBody: hasBody) {
    case .now(let reply): send(reply, to: head, context)
    case .later(let work):
      deadline?.cancel()
      pool.runIfActive(eventLoop: context.eventLoop, work).assumeIsolated().whenComplete {
        switch $0 {
        case .success(let reply): self.send(reply, to: head, context)
        case .failure: context.close(promise: nil)
        }
      }
    }
  }

  private func send(
    _ reply: Reply, to request: HTTPRequestHead, _ context: ChannelHandlerContext
  ) {
    guard context.channel.isActive else { return }
    let isLast = !request.isKeepAlive || reply.headers["Connection"] == ["close"]
    var head = HTTPResponseHead(
      version: .http1_1, status: reply.status, headers: reply.headers)
    if isLast { head.headers.replaceOrAdd(name: "Connection", value: "close") }
    close(after: limits.time(for: reply.body.count), context)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    if request.method != .HEAD, !reply.body.isEmpty {
      let body = context.channel.allocator.buffer(bytes: reply.body)
      context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
    }
    context.writeAndFlush(wrapOutboundOut(.end(nil))).assumeIsolated().whenComplete { _ in
      guard !isLast else { return context.close(promise: nil) }
      self.connections.note(context.channel, isIdle: true)
      self.close(after: self.limits.time(for: 0), context)
    }
  }

  /// Closes the connection unless something happens in time.
  private func close(after time: TimeAmount, _ context: ChannelHandlerContext) {
    deadline?.cancel()
    deadline = context.eventLoop.assumeIsolated().scheduleTask(in: time) {
      context.close(promise: nil)
    }
  }
}
