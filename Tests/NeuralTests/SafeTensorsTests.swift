import Foundation
import Neural
import Tensors
import Testing

/// What the safetensors package wrote; see Tests/Golden/safetensors_files.py.
private struct SafeTensorsFixture: Decodable {
  var file: String
  var names: [String]
  var numbers: [String: [Double]]
  var shapes: [String: [Int]]
  var ours: String
}

struct `Safetensors files` {
  private func file(_ header: String, _ data: [UInt8] = []) -> [UInt8] {
    let header = Array(header.utf8)
    return withUnsafeBytes(of: UInt64(header.count).littleEndian) { Array($0) } + header + data
  }

  private static var sample: SafeTensors {
    var file = SafeTensors()
    file.add(Tensor<Float>([1, -2, 3.5, .infinity], shape: [2, 2]), as: "layers.0.weight")
    file.add(Tensor([0.1, 0.2]), as: "a \"quoted\"\n∂ name\u{1f600}")
    file.add(Tensor<Double>(zeros: [0, 3]), as: "none")
    file.add(Tensor<Float>(7), as: "number")
    file.addMetadata("pt", as: "format")
    return file
  }

  @Test func `are read as the format's own library writes them`() throws {
    let fixture: SafeTensorsFixture = try fixture("safetensors")
    let bytes = Array(try #require(Data(base64Encoded: fixture.file)))
    let read = try SafeTensors(bytes)
    #expect(Set(read.entries.map(\.name)) == Set(fixture.names))
    #expect(read.metadata.map(\.name) == ["format"] && read.metadata[0].text == "pt")
    for (name, numbers) in fixture.numbers {
      let tensor: Tensor<Double> = try read.tensor(name)
      #expect(tensor.shape == fixture.shapes[name])
      #expect(tensor == Tensor(numbers, shape: tensor.shape), "\(name)")
    }
    let entry = try #require(read.entry("integers"))
    #expect(entry.kind == .int64 && entry.bytes.count == 24)
    #expect(throws: SafeTensorsError.notFloating("integers", .int64)) {
      try read.tensor("integers", of: Float.self)
    }
  }

  @Test func `are written as the format's own library reads them`() throws {
    // The script read these bytes and found the numbers that it expected.
    let fixture: SafeTensorsFixture = try fixture("safetensors")
    #expect(Data(Self.sample.bytes).base64EncodedString() == fixture.ours)
  }

  @Test func `survive a round trip, in names, order, texts and bits`() throws {
    let read = try SafeTensors(Self.sample.bytes)
    #expect(read == Self.sample && read.bytes == Self.sample.bytes)
    #expect(read.bytes.count % 4 == 0)
    #expect(try SafeTensors(SafeTensors().bytes) == SafeTensors())
  }

  @Test func `hold models by the names of their parameters`() throws {
    var file = SafeTensors()
    file.add(Perceptron(), named: { "net.\($0)" })
    let read = try SafeTensors(file.bytes)
    var other = Perceptron()
    other.forEachParameter { $0 = Tensor(zeros: $0.shape) }
    #expect(try read.model(like: other, named: { "net.\($0)" }) == Perceptron())
    #expect(throws: SafeTensorsError.missing("weight")) { try read.model(like: other) }
    var wide = other
    wide.bias = Tensor(zeros: [6])
    #expect(throws: SafeTensorsError.shape("net.bias", found: [5], expected: [6])) {
      try read.model(like: wide, named: { "net.\($0)" })
    }
  }

  @Test func `every truncation is refused, and no flipped byte stops the program`() {
    let bytes = Self.sample.bytes
    for place in bytes.indices {
      #expect(throws: SafeTensorsError.self) { try SafeTensors(Array(bytes[..<place])) }
      for value in [0, 1, 34, 44, 92, 123, 125, 127, 255] as [UInt8] {
        var altered = bytes
        altered[place] = value
        guard let read = try? SafeTensors(altered) else { continue }
        for entry in read.entries { _ = try? read.tensor(entry.name, of: Float.self) }
      }
    }
    #expect(throws: SafeTensorsError.excess(1)) { try SafeTensors(bytes + [0]) }
  }

  @Test func `headers that lie about their length are refused`() {
    let most = [UInt8](repeating: 255, count: 8)
    #expect(throws: SafeTensorsError.headerTooLong(.max)) { try SafeTensors(most + [123, 125]) }
    let long: [UInt8] = [0, 225, 245, 5, 0, 0, 0, 0]
    #expect(throws: SafeTensorsError.cutShort(at: 10)) { try SafeTensors(long + [123, 125]) }
    #expect(throws: SafeTensorsError.cutShort(at: 3)) { try SafeTensors([1, 2, 3]) }
  }

  @Test func `overlaps, gaps, wrong sizes, duplicates and unknown kinds are refused`() {
    func tensor(_ name: String, _ shape: String, _ start: Int, _ end: Int) -> String {
      "\"\(name)\":{\"dtype\":\"F32\",\"shape\":\(shape),\"data_offsets\":[\(start),\(end)]}"
    }
    func refused(_ header: String, _ count: Int, _ says: String) {
      do throws(SafeTensorsError) {
        _ = try SafeTensors(file(header, [UInt8](repeating: 0, count: count)))
        Issue.record("read: \(header)")
      } catch {
        #expect(error.problem.contains(says), "\(error.problem)")
      }
    }
    let a = tensor("a", "[1]", 0, 4)
    refused("{\(a),\(tensor("b", "[2]", 2, 10))}", 10, "begin at 2, the tensor before ends at 4")
    refused("{\(a),\(tensor("b", "[1]", 8, 12))}", 12, "begin at 8, the tensor before ends at 4")
    refused("{\(tensor("a", "[1]", 4, 8))}", 8, "begin at 4")
    refused("{\(a)}", 8, "4 bytes belong to no tensor")
    refused("{\(a)}", 3, "ends too early")
    refused("{\(tensor("a", "[2]", 0, 4))}", 4, "do not hold [2]")
    refused("{\(tensor("a", "[1]", 4, 0))}", 4, "are [4, 0]")
    refused("{\(tensor("a", "[4611686018427387904,4]", 0, 0))}", 0, "do not hold")
    refused("{\(tensor("a", "[99999999999999999999]", 0, 4))}", 4, "a number beyond")
    refused("{\(tensor("a", "[-1]", 0, 4))}", 4, "no whole number")
    refused("{\(tensor("a", "[01]", 0, 4))}", 4, "no whole number")
    refused("{\(tensor("a", "[1.0]", 0, 4))}", 4, "no ']'")
    refused("{\(a),\(a)}", 4, "'a' comes twice")
    refused("{\(a.replacing("F32", with: "F33"))}", 4, "unknown dtype 'F33'")
    refused("{\(a.replacing("\"dtype\":\"F32\",", with: ""))}", 4, "2 fields, not three")
    refused("{\(a.replacing("dtype", with: "type"))}", 4, "the field 'type'")
    refused("{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}", 0, "'a' comes twice")
    refused("{\"__metadata__\":{\"a\":1}}", 0, "no '\"'")
    refused("{\(a)} x", 4, "something after")
    refused("{\(a),}", 4, "no '\"'")
    refused("[]", 0, "no '{'")
    refused("", 0, "no '{'")
    refused("{\"a\\ud800\":{}}", 0, "half of a pair")
    refused("{\"a\\x\":{}}", 0, "unknown escape")
    refused("{\"a\tb\":{}}", 0, "control character")
  }

  @Test func `JSON as deep as a file is refused, not followed`() {
    let deep = 1_000_000
    for opening in ["{\"a\":", "["] {
      let header = "{\"a\":" + String(repeating: opening, count: deep)
      #expect(throws: SafeTensorsError.self) { try SafeTensors(file(header)) }
    }
  }

  @Test func `a name is added once`() async {
    await #expect(processExitsWith: .failure) {
      var file = SafeTensors()
      file.add(Tensor(1.0), as: "a")
      file.add(Tensor(1.0), as: "a")
    }
    await #expect(processExitsWith: .failure) {
      var file = SafeTensors()
      file.add(Tensor(1.0), as: "__metadata__")
    }
  }
}
