import Datasets
import Foundation
import Testing

struct `A text of tokens` {
  private let text = TokenText(characters: Array("to be or not".utf8))

  @Test func `has its characters in ascending order as vocabulary`() {
    #expect(String(decoding: text.vocabulary, as: UTF8.self) == " benort")
    #expect(text.tokens == [6, 4, 0, 1, 2, 0, 4, 5, 0, 3, 4, 6])
    #expect(text.text(of: text.tokens) == "to be or not")
    #expect(TokenText(characters: []).vocabulary.isEmpty)
  }

  @Test func `keeps its vocabulary in parts`() {
    let (first, rest) = text.split(at: 0.5)
    #expect(first.count == 6 && rest.count == 6)
    #expect(rest.text(of: rest.tokens) == "or not" && rest.vocabulary == text.vocabulary)
    #expect(text.split(at: 0.99).first.count == 11)
  }

  @Test func `holds bytes of any kind`() {
    let bytes = (0...255).map { UInt8($0) }
    #expect(TokenText(characters: bytes.reversed()).tokens == (0...255).reversed())
  }

  @Test func `stops at tokens outside its vocabulary`() async {
    await #expect(processExitsWith: .failure) {
      _ = TokenText(tokens: [0, 2], vocabulary: [1, 2])
    }
  }
}

struct `Windows of a text` {
  private let text = TokenText(tokens: Array(0..<10), vocabulary: Array(0..<10))

  @Test func `hold the tokens that follow as targets`() {
    let batch = text.windows(length: 3).batch(at: [6, 0])
    #expect(batch.inputs == [6, 7, 8, 0, 1, 2] && batch.targets == [7, 8, 9, 1, 2, 3])
    #expect(batch.count == 2 && batch.length == 3)
  }

  @Test(arguments: [(1, 9), (3, 7), (9, 1)])
  func `start at every place whose last target exists`(length: Int, count: Int) {
    #expect(text.windows(length: length).count == count)
  }

  @Test(arguments: [(3, 3), (4, 2), (5, 1), (9, 1)])
  func `do not overlap at a stride of their length`(length: Int, count: Int) {
    let windows = text.windows(length: length, stride: length)
    #expect(windows.count == count)
    #expect(windows.batch(at: 0..<count).inputs == Array(0..<count * length))
  }

  @Test func `of a text that is too short stop`() async {
    await #expect(processExitsWith: .failure) {
      _ = TokenText(tokens: [0, 0, 0], vocabulary: [0]).windows(length: 3)
    }
    await #expect(processExitsWith: .failure) {
      _ = TokenText(tokens: [0, 0, 0], vocabulary: [0]).windows(length: 2).batch(at: [1])
    }
  }
}
