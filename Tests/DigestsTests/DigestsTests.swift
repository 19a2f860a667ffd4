import Digests
import Testing

struct `A digest` {
  @Test func `of nothing and of abc are the published ones`() {
    #expect(
      Digest(of: "").description
        == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(
      Digest(of: "abc").description
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test func `does not depend on how the bytes are cut`() {
    let bytes = (0..<1000).map { UInt8($0 % 251) }
    var builder = DigestBuilder()
    for start in stride(from: 0, to: 1000, by: 37) {
      builder.update(Array(bytes[start..<min(start + 37, 1000)]))
    }
    #expect(builder.finish() == Digest(of: bytes))
  }

  @Test(arguments: [
    "", "abc", String(repeating: "g", count: 64), String(repeating: "A", count: 64),
  ])
  func `is parsed from 64 lowercase digits only`(text: String) {
    #expect(Digest(text) == nil)
  }

  @Test func `survives its text`() {
    let digest = Digest(of: "replicate")
    #expect(Digest(digest.description) == digest)
  }
}
