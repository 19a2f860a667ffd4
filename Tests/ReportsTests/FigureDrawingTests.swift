import Evidence
import Foundation
import Replication
import Reports
import Testing

struct `A drawn figure` {
  static let hostile = #"</svg><script>alert("1")</script>&'"# + "\u{202e}\u{1b}[31m"

  static func figure(_ form: FigureForm, scale: Scale = .linear, panels: Int = 1) -> DrawnFigure {
    let lines = (0..<panels).flatMap { panel in
      (0..<3).map { index in
        DrawnFigure.Line(
          "\(hostile) \(index)", panel: panels > 1 ? "\(hostile)=\(panel)" : "",
          points: (0..<6).map { position in
            let y = Double(index + 1) * Double(position)
            return DrawnFigure.Point(
              x: position == 5 && form != .lines ? hostile : "\(position)",
              y: position == 3 ? nil : y,
              interval: Interval(lower: y - 1, upper: y + 1), seeds: 5)
          })
      }
    }
    return DrawnFigure(
      title: hostile, place: hostile, horizontal: hostile, vertical: hostile, unit: hostile,
      scale: scale, form: form, shade: hostile, lines: lines)
  }

  static let forms: [FigureForm] = [.lines, .points, .bars, .heatMap, .histogram, .images]

  @Test(arguments: forms, [Scale.linear, .logAxis, .logValue, .logLog])
  func `is well-formed and inert`(form: FigureForm, scale: Scale) {
    for panels in [1, 4] {
      let parsed = Parsed(Data(FigureDrawing(Self.figure(form, scale: scale, panels: panels)).file))
      #expect(parsed.problem == nil)
      #expect(parsed.elements["script"] == nil && parsed.elements["svg"] == 1)
      #expect(parsed.elements["title"] ?? 0 >= 1 && parsed.elements["desc"] == 1)
      #expect(parsed.attributes.allSatisfy { !$0.name.hasPrefix("on") && $0.name != "href" })
      #expect(!parsed.text.contains("\u{202e}") && !parsed.text.contains("\u{1b}"))
    }
  }

  @Test(arguments: forms) func `without a number is drawn all the same`(form: FigureForm) {
    let empty = DrawnFigure(
      title: "Nothing", place: "Figure 1", horizontal: "x", vertical: "y", unit: "",
      scale: .logLog, form: form,
      lines: [.init("a", points: [.init(x: "1", y: nil, seeds: 2)]), .init("b", points: [])])
    #expect(Parsed(Data(FigureDrawing(empty).file)).problem == nil)
    #expect(!TerminalFigure(empty, width: 80).lines.isEmpty)
  }

  @Test func `of numbers at the ends of what there is has finite positions`() {
    let values: [Double] = [
      .leastNonzeroMagnitude, 1e-300, 1, 1e300, .greatestFiniteMagnitude, -.greatestFiniteMagnitude,
      .nan,
      .infinity,
    ]
    for scale in [Scale.linear, .logLog] {
      for form in Self.forms {
        let figure = DrawnFigure(
          title: "Ends", place: "", horizontal: "x", vertical: "y", unit: "", scale: scale,
          form: form, shade: "z",
          lines: [.init("a", points: values.map { .init(x: "\($0)", y: $0, seeds: 2) })])
        let text = String(decoding: FigureDrawing(figure).file, as: UTF8.self)
        #expect(!text.contains("nan\"") && !text.contains("inf\"") && !text.contains("Mnan"))
        #expect(TerminalFigure(figure, width: 60).lines.allSatisfy { $0.count <= 60 })
      }
    }
  }

  @Test(arguments: forms) func `says in words what it shows and leaves out`(form: FigureForm) {
    let words = FigureWords(Self.figure(form, scale: .logLog))
    #expect(words.text.count > 40)
    #expect(words.omissions.contains { $0.contains("no number") })
  }

  @Test func `says what its numbers are, and means only where they are means`() {
    for form in Self.forms {
      let words = FigureWords(Self.figure(form)).basis
      #expect(words.contains("Means") == (form != .histogram && form != .images))
      #expect(words.contains("intervals") == [.lines, .points, .bars].contains(form))
    }
    #expect(
      FigureWords(`A drawn image grid`.figure()).basis == "Recorded by trials of seed 7.")
  }

  @Test func `tells how its lines run`() {
    let figure = DrawnFigure(
      title: "Decay", place: "Figure 2", horizontal: "step", vertical: "loss", unit: "nat",
      scale: .logLog,
      lines: [
        .init(
          "plain",
          points: [
            .init(x: "0", y: 3, seeds: 2), .init(x: "1", y: 1, seeds: 2),
            .init(x: "100", y: 0.01, seeds: 2),
          ])
      ])
    #expect(
      FigureWords(figure).text
        == "loss in nat over step, both logarithmic, 1 line. plain: from 3 at 0 to 0.01 at 100. "
        + "1 point is not positive and has no place on a logarithmic axis.")
  }

  /// The depths of a heat map's cells, from left to right.
  private static func depths(_ values: [Double], scale: Scale) -> [Double] {
    let drawing = Parsed(Data(FigureDrawing(heatMap(values, scale: scale)).file))
    let all = drawing.attributes.filter { $0.name == "fill-opacity" }
      .compactMap { Double($0.value) }
    // The key has 24 steps.
    return Array(all.dropLast(24))
  }

  private static func heatMap(_ values: [Double], scale: Scale) -> DrawnFigure {
    DrawnFigure(
      title: "Map", place: "Figure 3", horizontal: "x", vertical: "y", unit: "", scale: scale,
      form: .heatMap, shade: "z",
      lines: [
        .init("1", points: values.enumerated().map { .init(x: "\($0)", y: $1, seeds: 1) })
      ])
  }

  @Test func `shades a heat map by numbers or by their logarithms`() {
    #expect(Self.depths([1, 10, 100], scale: .linear) == [0.05, 0.14, 1])
    #expect(Self.depths([1, 10, 100], scale: .logValue) == [0.05, 0.53, 1])
    #expect(Self.depths([-2, 1, 2], scale: .linear) == [1, 0.53, 1])
    #expect(Self.depths([3, 3], scale: .logValue) == [0.53, 0.53])
    #expect(FigureWords(Self.heatMap([1, 10], scale: .logValue)).text.contains("logarithmic"))
  }

  @Test func `leaves out what has no logarithm from a heat map, and says so`() {
    #expect(Self.depths([0, 1, -1, 100], scale: .logValue) == [0.05, 1])
    let words = "2 points are not positive and have no place on a logarithmic scale."
    #expect(
      FigureWords(Self.heatMap([0, 1, -1, 100], scale: .logValue)).omissions == [words])
    #expect(
      TerminalFigure(Self.heatMap([0, 1], scale: .logValue), width: 60).lines.contains {
        $0.contains("?")
      })
  }

  @Test func `has the first of equal lines on top`() {
    let points = (1...3).map { DrawnFigure.Point(x: "\($0)", y: 1, seeds: 1) }
    let figure = DrawnFigure(
      title: "Equal", place: "Figure 4", horizontal: "x", vertical: "y", unit: "", scale: .linear,
      lines: [.init("first", points: points), .init("second", points: points)])
    let marks = Parsed(Data(FigureDrawing(figure).file)).attributes
      .filter { $0.name == "class" && $0.value == "pt" }.map(\.element)
    #expect(marks == ["rect", "rect", "rect", "circle", "circle", "circle"])
  }

  @Test(arguments: [40, 60, 100], forms)
  func `fits a terminal and steers none`(width: Int, form: FigureForm) {
    let lines = TerminalFigure(Self.figure(form, panels: 2), width: width).lines
    #expect(lines.allSatisfy { $0.count <= width })
    #expect(lines.allSatisfy { !$0.contains("\u{1b}") && !$0.contains("\u{202e}") })
  }
}
