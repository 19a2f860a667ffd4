import Neural
import Tensors
import Testing

/// A training whose whole state can be saved: a perceptron, an optimizer, a stream of noise, a count.
private struct Course<Method: Optimizer> where Method.Model == Perceptron {
  var model = Perceptron()
  var optimizer: Method
  var noise = RandomStream(paper: "checkpoints", seed: 1, purpose: .noise)
  var step = 0

  init(_ optimizer: Method) { self.optimizer = optimizer }

  mutating func advance() {
    var slope = gradient(at: model) { $0.loss(Perceptron.batch(step)) }
    slope.forEachParameter { $0 += noise.normal(shape: $0.shape) * 0.01 }
    optimizer.update(&model, along: slope)
    step += 1
  }

  var checkpoint: Checkpoint {
    var checkpoint = Checkpoint()
    checkpoint.save([step], as: "step")
    checkpoint.save(model, as: "model")
    optimizer.save(in: &checkpoint, as: "optimizer")
    checkpoint.save(noise, as: "noise")
    return checkpoint
  }

  mutating func resume(_ checkpoint: Checkpoint) throws {
    step = try checkpoint.integer("step")
    model = try checkpoint.model("model", like: model)
    try optimizer.restore(from: checkpoint, as: "optimizer", for: model)
    noise = try checkpoint.stream("noise")
  }
}

struct Checkpoints {
  /// Every kind of array, one of them empty.
  private static var sample: Checkpoint {
    var checkpoint = Checkpoint()
    checkpoint.save([3, -4], as: "counters")
    checkpoint.save(Tensor<Float>([1, -0.0, .infinity], shape: [3, 1]), as: "floats")
    checkpoint.save(Tensor([Double.pi, .leastNonzeroMagnitude]), as: "doubles ∂")
    checkpoint.save(Tensor<Double>(zeros: [2, 0]), as: "none")
    checkpoint.save(Tensor(1.5), as: "number")
    checkpoint.save(bytes: [0, 255], as: "bytes")
    checkpoint.save(RandomStream(paper: "p", seed: 2, purpose: .data), as: "stream")
    return checkpoint
  }

  private func expectSameBits(_ method: some Optimizer<Perceptron>) throws {
    var whole = Course(method)
    for _ in 0..<40 { whole.advance() }
    for cut in [0, 1, 17] {
      var first = Course(method)
      for _ in 0..<cut { first.advance() }
      var second = Course(method)
      try second.resume(try Checkpoint(first.checkpoint.bytes))
      while second.step < 40 { second.advance() }
      #expect(second.model == whole.model)
      #expect(second.checkpoint == whole.checkpoint)
    }
  }

  @Test func `a training that was cut ends with the bits of an undisturbed one`() throws {
    try expectSameBits(SGD(learningRate: 0.1))
    try expectSameBits(SGD(learningRate: 0.1, momentum: 0.9, isNesterov: true))
    try expectSameBits(Adam(learningRate: 0.02, decay: .decoupled(0.1), groups: .decayingMatrices))
    try expectSameBits(RMSprop(learningRate: 0.01, momentum: 0.5))
    try expectSameBits(LAMB(learningRate: 0.02))
    try expectSameBits(Adafactor())
  }

  @Test func `bytes hold every kind of array, to the bit`() throws {
    let sample = Self.sample
    let read = try Checkpoint(sample.bytes)
    #expect(read == sample && read.bytes == sample.bytes && read.digest == sample.digest)
    #expect(try read.integers("counters") == [3, -4])
    let floats: Tensor<Float> = try read.tensor("floats", shape: [3, 1])
    #expect(floats == Tensor([1, -0.0, .infinity], shape: [3, 1]))
    #expect(try read.tensor("number", of: Double.self).item == 1.5)
    #expect(try read.tensor("none", of: Double.self).shape == [2, 0])
    #expect(try read.bytes("bytes") == [0, 255])
    #expect(try read.stream("stream") == RandomStream(paper: "p", seed: 2, purpose: .data))
    #expect(try Checkpoint(Checkpoint().bytes) == Checkpoint())
  }

  @Test func `a stream goes on where it was saved`() throws {
    var stream = RandomStream(paper: "p", seed: 3, purpose: .noise).child("x")
    for _ in 0..<5 { _ = stream.normal() }
    var checkpoint = Checkpoint()
    checkpoint.save(stream, as: "stream")
    var other = try Checkpoint(checkpoint.bytes).stream("stream")
    let expected = (0..<5).map { _ in stream.nextUInt64() }
    #expect((0..<5).map { _ in other.nextUInt64() } == expected)
  }

  @Test func `every flipped byte and every truncation is refused`() {
    let bytes = Self.sample.bytes
    for place in bytes.indices {
      for bit in [UInt8(1), 128] {
        var damaged = bytes
        damaged[place] ^= bit
        #expect(throws: CheckpointError.self) { try Checkpoint(damaged) }
      }
      #expect(throws: CheckpointError.self) { try Checkpoint(Array(bytes[..<place])) }
    }
    #expect(throws: CheckpointError.self) { try Checkpoint(bytes + [0]) }
  }

  @Test func `flipped bytes under a digest that matches stop nothing`() {
    // As above without the digest: read as something else, or refused, and never a trap.
    let body = Self.sample.body
    var refused = 0
    for place in body.indices {
      for value in [0, 1, 127, 128, 255] as [UInt8] {
        var altered = body
        altered[place] = value
        do throws(CheckpointError) {
          let read = try Checkpoint(body: altered)
          #expect(read.body == altered)
          for name in read.names {
            _ = try? read.tensor(name, of: Float.self)
            _ = try? read.tensor(name, of: Double.self)
            _ = try? read.stream(name)
          }
        } catch {
          refused += 1
        }
      }
      #expect(throws: CheckpointError.self) { try Checkpoint(body: Array(body[..<place])) }
    }
    #expect(refused > body.count / 2)
  }

  @Test func `hostile sizes are refused without taking memory`() throws {
    let opening = Array(Self.sample.body[..<8])
    let one: [UInt8] = [1, 0, 0, 0, 0, 0, 0, 0]
    let most = [UInt8](repeating: 255, count: 8)
    let huge: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 64]
    let name: [UInt8] = [1, 0, 0, 0, UInt8(ascii: "a")]
    #expect(throws: CheckpointError.cutShort(at: 16)) { try Checkpoint(body: opening + huge) }
    #expect(throws: CheckpointError.self) { try Checkpoint(body: opening + most) }
    #expect(throws: CheckpointError.malformed(at: 16, "a shape that no memory holds")) {
      try Checkpoint(body: opening + one + name + [1, 2] + huge + huge)
    }
    #expect(throws: CheckpointError.malformed(at: 16, "an unknown kind of number")) {
      try Checkpoint(body: opening + one + name + [9, 0])
    }
    #expect(throws: CheckpointError.malformed(at: 16, "a name that is not UTF-8")) {
      try Checkpoint(body: opening + one + [1, 0, 0, 0, 0xff, 3, 0, 7])
    }
    let array = name + [3, 0, 7]
    #expect(throws: CheckpointError.repeated("a")) {
      try Checkpoint(body: opening + [2, 0, 0, 0, 0, 0, 0, 0] + array + array)
    }
    #expect(throws: CheckpointError.malformed(at: 24, "bytes after the last array")) {
      try Checkpoint(body: opening + one + array + [0])
    }
    #expect(throws: CheckpointError.notACheckpoint) { try Checkpoint([1, 2, 3]) }
  }

  @Test func `what is missing, of another kind or shape, or too much is said`() throws {
    var checkpoint = Checkpoint()
    checkpoint.save(Perceptron(), as: "model")
    #expect(checkpoint.names == ["model.weight", "model.bias", "model.head"])
    #expect(throws: CheckpointError.missing("x")) { try checkpoint.integer("x") }
    #expect(throws: CheckpointError.kind("model.bias", found: .double, expected: .float)) {
      try checkpoint.tensor("model.bias", of: Float.self)
    }
    #expect(throws: CheckpointError.shape("model.bias", found: [5], expected: [4])) {
      try checkpoint.tensor("model.bias", shape: [4], of: Double.self)
    }
    checkpoint.save(Tensor(1.0), as: "model.more")
    #expect(throws: CheckpointError.unexpected("model.more")) {
      try checkpoint.model("model", like: Perceptron())
    }
    var optimizer = Adam<Perceptron>(learningRate: 1)
    #expect(throws: CheckpointError.missing("optimizer.step")) {
      try optimizer.restore(from: checkpoint, as: "optimizer", for: Perceptron())
    }
    let error = CheckpointError.missing("x")
    #expect(error.problem == "checkpoint: there is no array 'x'")
    #expect(error.remedy.hasPrefix("Load it into the model"))
  }

  @Test func `saving one name twice stops`() async {
    await #expect(processExitsWith: .failure) {
      var checkpoint = Checkpoint()
      checkpoint.save([1], as: "a")
      checkpoint.save(Tensor(1.0), as: "a")
    }
  }
}
