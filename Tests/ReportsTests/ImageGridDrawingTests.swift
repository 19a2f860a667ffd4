import Evidence
import Foundation
import Replication
import Reports
import Testing

struct `A drawn image grid` {
  /// Rows of images in which the values climb from 0; the last value of each is as stated.
  static func figure(
    rows: Int = 2, columns: Int = 3, side: Int = 4, channels: Int = 1, last: Double? = 1,
    name: String = "row", shades: Interval? = nil
  ) -> DrawnFigure {
    let count = side * side * channels
    let values = (0..<count - 1).map { Optional(Double($0) / Double(count)) } + [last]
    let points = values.enumerated().map {
      DrawnFigure.Point(x: "0,\($0.offset)", y: $0.element, seeds: 1)
    }
    let lines = (0..<rows * columns).map { index in
      DrawnFigure.Line(
        "\(name) \(index / columns)", panel: "\(name) \(index % columns)", points: points,
        image: .init(height: side, width: side, channels: channels, seed: 7))
    }
    return DrawnFigure(
      title: name, place: "Figure 1", horizontal: "column", vertical: "row", unit: "",
      scale: .linear, form: .images, shade: name, shades: shades, lines: lines)
  }

  /// The pixels of the first image: its size, its channels with opacity, and the samples.
  static func pixels(
    _ figure: DrawnFigure, scale: Double? = nil
  ) throws -> (width: Int, samples: [UInt8]) {
    let drawing = Parsed(Data(FigureDrawing(figure, scale: scale).file))
    let address = try #require(
      drawing.attributes.first { $0.element == "image" && $0.name == "href" }?.value)
    let text = try #require(address.split(separator: ",").last)
    let file = [UInt8](try #require(Data(base64Encoded: String(text))))
    #expect(Array(file[..<8]) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    let width = Int(file[18]) << 8 | Int(file[19])
    let height = Int(file[22]) << 8 | Int(file[23])
    let line = width * (file[25] == 4 ? 2 : 4)
    // After the header of the chunk and of zlib's one stored block.
    let raw = Array(file[(33 + 8 + 7)..<(33 + 8 + 7 + height * (line + 1))])
    return (width, (0..<height).flatMap { raw[($0 * (line + 1) + 1)..<(($0 + 1) * (line + 1))] })
  }

  @Test func `is well-formed, loads nothing and has one image for each`() {
    let drawing = Parsed(Data(FigureDrawing(Self.figure()).file))
    #expect(drawing.problem == nil)
    #expect(drawing.elements["image"] == 6)
    #expect(
      drawing.links.count == 6
        && drawing.links.allSatisfy { $0.hasPrefix("data:image/png;base64,") })
    #expect(drawing.text.contains("black 0, white 1"))
  }

  /// An image of 2 × 2 is drawn 120 units wide.
  @Test func `repeats its pixels where the drawing becomes pixels, which would be smoothed`() throws
  {
    let enlarged = try Self.pixels(Self.figure(side: 2), scale: 0.03)
    #expect(enlarged.width == 4)
    let lines = [0, 0, 64, 64, 0, 0, 64, 64, 128, 128, 255, 255, 128, 128, 255, 255]
    #expect(enlarged.samples == lines.flatMap { [UInt8($0), 255] })
    #expect(try Self.pixels(Self.figure(side: 2), scale: 0.001).width == 2)
    #expect(try Self.pixels(Self.figure(side: 2, channels: 3), scale: 0.03).width == 4)
  }

  @Test func `says where numbers beyond black and white are drawn like them`() {
    let cut = Self.figure(last: 1, shades: Interval(lower: 0.25, upper: 0.5))
    #expect(FigureWords(cut).text.contains("black 0.25 and less, white 0.5 and more"))
    let whole = Self.figure(last: 1, shades: Interval(lower: 0, upper: 1))
    #expect(FigureWords(whole).text.contains("black 0, white 1"))
    #expect(!FigureWords(whole).text.contains(" and more"))
  }

  @Test func `has a ground only where a value is missing`() {
    func grounds(_ last: Double?) -> Int {
      let drawing = Parsed(Data(FigureDrawing(Self.figure(last: last)).file))
      return drawing.attributes.count { $0.element == "rect" && $0.value == "gap" }
    }
    #expect(grounds(1) == 0 && grounds(nil) == 6)
  }

  @Test func `has its values as shades from black to white`() throws {
    let grey = try Self.pixels(Self.figure(side: 2))
    #expect(grey.width == 2 && grey.samples == [0, 255, 64, 255, 128, 255, 255, 255])
    let colour = try Self.pixels(
      Self.figure(side: 1, channels: 3, shades: Interval(lower: 0, upper: 2)))
    #expect(colour.samples == [0, 43, 128, 255])
  }

  @Test(arguments: [nil, Double.nan, .infinity, -.infinity])
  func `leaves out a value that is no number, and says so`(value: Double?) throws {
    let figure = Self.figure(rows: 1, columns: 1, side: 2, last: value)
    #expect(try Self.pixels(figure).samples.suffix(2) == [0, 0])
    #expect(try Self.pixels(figure).samples.prefix(6).allSatisfy { $0 < 255 || $0 == 255 })
    let words = "1 value of a pixel has no number: the ground shows through."
    #expect(FigureWords(figure).text.hasSuffix(words))
    #expect(TerminalFigure(figure, width: 60).lines.contains { $0.contains("??") })
    #expect(CSV.lines([figure]).count == 5)
  }

  @Test func `of nothing but missing values is drawn all the same`() {
    let figure = Self.figure(rows: 1, columns: 1, side: 1, last: nil)
    #expect(Parsed(Data(FigureDrawing(figure).file)).problem == nil)
    #expect(FigureWords(figure).text.contains("no number"))
  }

  @Test func `is drawn from the ends of what a Double holds`() throws {
    let figure = Self.figure(
      side: 2, last: .greatestFiniteMagnitude,
      shades: Interval(lower: -.greatestFiniteMagnitude, upper: .greatestFiniteMagnitude))
    #expect(try Self.pixels(figure).samples == [128, 255, 128, 255, 128, 255, 255, 255])
  }

  @Test(arguments: `Hostile text in every column`.texts)
  func `keeps hostile names inert`(text: String) {
    let figure = Self.figure(name: text)
    let drawing = Parsed(Data(FigureDrawing(figure).file))
    #expect(drawing.problem == nil && drawing.elements["script"] == nil)
    #expect(drawing.attributes.allSatisfy { !$0.name.hasPrefix("on") })
    #expect(drawing.links.allSatisfy { $0.hasPrefix("data:image/png;base64,") })
    let lines = TerminalFigure(figure, width: 60).lines
    #expect(lines.allSatisfy { $0.count <= 60 && !$0.contains("\u{1b}") })
  }

  @Test func `goes on below where a row has no room, and has the same bytes each time`() {
    let figure = Self.figure(rows: 2, columns: 60, side: 2)
    let file = FigureDrawing(figure).file
    #expect(file == FigureDrawing(figure).file)
    let edges = Parsed(Data(file)).attributes.filter { $0.element == "image" && $0.name == "x" }
      .compactMap { Double($0.value) }
    #expect(edges.count == 120 && edges.allSatisfy { $0 >= 0 && $0 < 680 - 20 })
  }
}

struct `A drawing as a file` {
  /// Renderers that know no custom properties leave out what asks for them.
  @Test func `uses no custom property`() {
    for form in `A drawn figure`.forms {
      let text = String(decoding: FigureDrawing(`A drawn figure`.figure(form)).file, as: UTF8.self)
      #expect(!text.contains("var(") && !text.contains("--"))
    }
  }
}
