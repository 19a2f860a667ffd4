import Evidence
import Foundation
import Replication
import Reports
import Testing

/// A drawing of a figure, with the places of its ticks.
private struct Drawing {
  let parsed: Parsed

  init(_ figure: DrawnFigure) { parsed = Parsed(Data(FigureDrawing(figure).file)) }

  /// The numbers beside the vertical axis with where they stand, from the bottom up.
  var upwards: [(number: Double, at: Double)] {
    ticks("end").map { ($0.number, $0.node["y"] - 4) }
  }

  /// The numbers below the horizontal axis with where they stand.
  var across: [(number: Double, at: Double)] {
    ticks("middle").map { ($0.number, $0.node["x"]) }
  }

  private func ticks(_ anchor: String) -> [(number: Double, node: Parsed.Node)] {
    parsed.nodes(of: "tk").filter { $0.attributes["text-anchor"] == anchor }.compactMap { node in
      Double(node.text.replacing("−", with: "-")).map { ($0, node) }
    }
  }

  /// The numbers in the paths of a class, path by path.
  func paths(_ style: String) -> [[Double]] {
    parsed.nodes(of: style).compactMap { node in
      node.attributes["d"]?.matches(of: /-?[0-9.]+/).compactMap { Double($0.0) }
    }
  }
}

/// Where a number lies by the first and the last of some ticks; also whether the others agree.
private func place(
  _ number: Double, _ ticks: [(number: Double, at: Double)], isLogarithmic: Bool = false
) throws -> Double {
  func along(_ number: Double) -> Double { isLogarithmic ? log10(number) : number }
  let first = try #require(ticks.first)
  let last = try #require(ticks.last)
  func at(_ number: Double) -> Double {
    first.at + (along(number) - along(first.number)) / (along(last.number) - along(first.number))
      * (last.at - first.at)
  }
  #expect(ticks.count > 2)
  for tick in ticks { #expect(abs(at(tick.number) - tick.at) < 0.02, "\(tick)") }
  return at(number)
}

private func isNear(_ one: Double, _ other: Double) -> Bool { abs(one - other) < 0.02 }

private func figure(
  _ form: FigureForm, scale: Scale = .linear, _ lines: [DrawnFigure.Line]
) -> DrawnFigure {
  DrawnFigure(
    title: "Title", place: "Figure 1", horizontal: "x", vertical: "y", unit: "nat", scale: scale,
    form: form, shade: "z", lines: lines)
}

private func line(
  _ name: String, _ values: [Double?], at positions: [String]? = nil, panel: String = "",
  reach: Double = 0
) -> DrawnFigure.Line {
  DrawnFigure.Line(
    name, panel: panel,
    points: values.enumerated().map { index, value in
      DrawnFigure.Point(
        x: positions?[index] ?? "\(index)", y: value,
        interval: value.map { Interval(lower: $0 - reach, upper: $0 + reach) }, seeds: index + 2)
    })
}

struct `What a figure draws` {
  @Test(arguments: [Scale.linear, .logAxis, .logValue, .logLog])
  func `lies where its numbers are by the ticks`(scale: Scale) throws {
    let isLogAxis = scale == .logAxis || scale == .logLog
    let isLogValue = scale == .logValue || scale == .logLog
    let figure = figure(
      .points, scale: scale,
      [line("a", [10, 40, 1000], at: ["1", "10", "100"], reach: 5)])
    let drawing = Drawing(figure)
    let marks = drawing.parsed.nodes(of: "pt")
    let bars = drawing.paths("er")
    try #require(marks.count == 3 && bars.count == 3)
    for (index, (x, y)) in [(1.0, 10.0), (10, 40), (100, 1000)].enumerated() {
      let column = try place(x, drawing.across, isLogarithmic: isLogAxis)
      func row(_ number: Double) throws -> Double {
        try place(number, drawing.upwards, isLogarithmic: isLogValue)
      }
      #expect(isNear(marks[index]["cx"], column))
      #expect(isNear(marks[index]["cy"], try row(y)))
      // The lower end comes first, further down.
      let bar = bars[index]
      #expect(isNear(bar[0], column) && bar[1] > bar[2])
      #expect(isNear(bar[1], try row(y - 5)))
      #expect(isNear(bar[2], try row(y + 5)))
    }
  }

  @Test func `has a band from the lower to the upper ends of the intervals`() throws {
    let drawing = Drawing(figure(.lines, [line("a", [4, 6, 8], reach: 2)]))
    let band = try #require(drawing.paths("bd").first)
    try #require(band.count == 12)
    for (index, number) in [6.0, 8, 10, 6, 4, 2].enumerated() {
      #expect(isNear(band[2 * index + 1], try place(number, drawing.upwards)))
    }
  }

  @Test func `has an interval down to the floor where it ends below a logarithmic axis`() throws {
    let drawing = Drawing(figure(.points, scale: .logValue, [line("a", [10, 100, 20], reach: 15)]))
    let bars = drawing.paths("er")
    let floor = try #require(drawing.paths("rule").last)[1]
    try #require(bars.count == 3)
    #expect(isNear(bars[0][1], floor))
    #expect(isNear(bars[0][2], try place(25, drawing.upwards, isLogarithmic: true)))
  }

  @Test func `breaks a line where a number is missing`() {
    let drawing = Drawing(figure(.lines, [line("a", [1, 2, nil, 3, 4])]))
    #expect(drawing.paths("ln").map(\.count) == [4, 4])
  }

  @Test func `has bars from zero, each with its own interval`() throws {
    let drawing = Drawing(
      figure(
        .bars,
        [
          line("a", [40, 80], at: ["p", "q"], reach: 4),
          line("b", [50, 60], at: ["p", "q"], reach: 4),
        ]
      ))
    let (bars, intervals) = (drawing.parsed.nodes(of: "br"), drawing.paths("er"))
    #expect(bars.count == 6 && intervals.count == 4)
    let zero = try place(0, drawing.upwards)
    // The first two are the legend's.
    for ((bar, interval), number) in zip(zip(bars.dropFirst(2), intervals), [40.0, 80, 50, 60]) {
      #expect(isNear(bar["y"] + bar["height"], zero))
      #expect(isNear(bar["y"], try place(number, drawing.upwards)))
      #expect(isNear(interval[0], bar["x"] + bar["width"] / 2))
      #expect(isNear(interval[1], try place(number - 4, drawing.upwards)))
      #expect(isNear(interval[2], try place(number + 4, drawing.upwards)))
    }
  }

  @Test func `has the cells of a heat map beside their rows, and a key of its shades`() throws {
    let drawing = Drawing(
      figure(
        .heatMap,
        [line("below", [-2, -1], at: ["p", "q"]), line("above", [1, 4], at: ["p", "q"])]))
    let nodes = drawing.parsed.nodes
    var cells: [String: Parsed.Node] = [:]
    for (node, next) in zip(nodes, nodes.dropFirst()) where next.name == "title" {
      cells[next.text] = node
    }
    for (text, row, hue) in [
      ("below, p: −2", "below", "cold"), ("below, q: −1", "below", "cold"),
      ("above, p: 1", "above", "warm"), ("above, q: 4", "above", "warm"),
    ] {
      let cell = try #require(cells[text], "\(text)")
      let label = try #require(nodes.first { $0.isOf("tk") && $0.text == row })
      #expect(isNear(cell["y"] + cell["height"] / 2, label["y"] - 4) && cell.isOf(hue))
    }
    #expect(
      try #require(cells["above, q: 4"])["fill-opacity"]
        > #require(cells["below, p: −2"])["fill-opacity"])
    // The key from the top down: from the greatest, full, by the middle, faint, to the least.
    let key = nodes.filter { $0.name == "rect" && $0["width"] == 10 }.sorted { $0["y"] < $1["y"] }
    #expect(key.count == 24)
    #expect(key.first?.isOf("warm") == true && key.last?.isOf("cold") == true)
    let ends = nodes.filter {
      ["4", "−2"].contains($0.text) && $0.attributes["text-anchor"] == nil
    }
    .sorted { $0["y"] < $1["y"] }
    #expect(ends.map(\.text) == ["4", "−2"])
  }

  @Test func `has a step of a histogram over each of its bins`() throws {
    let values = [0.0, 0.1, 0.2, 0.2, 1, 1.9, 2, 2]
    let drawing = Drawing(
      figure(.histogram, [line("a", values.map { _ in 1 }, at: values.map { "\($0)" })]))
    let bins = Bins(of: values)
    let path = try #require(drawing.parsed.nodes(of: "hs").first?.attributes["d"])
    let edges = path.matches(of: /[MH]([0-9.]+)/).compactMap { Double($0.1) }
    let heights = path.matches(of: /V([0-9.]+)/).compactMap { Double($0.1) }
    #expect(edges.count == bins.count + 1 && heights.count == bins.count + 1)
    for (index, edge) in edges.enumerated() {
      let number = bins.start + (bins.end - bins.start) * Double(index) / Double(bins.count)
      #expect(isNear(edge, try place(number, drawing.across)))
    }
    for (count, height) in zip(bins.counts(values), heights) {
      #expect(isNear(height, try place(Double(count), drawing.upwards)))
    }
  }

  @Test func `differs by dashes where colours come again`() {
    let lines = (0..<17).map { line("\($0)", [1, 2 + Double($0)]) }
    let nodes = Drawing(figure(.lines, lines)).parsed.nodes
    var (looks, colour): (Set<String>, String) = ([], "")
    for node in nodes {
      if node.name == "g" { colour = node.attributes["class"] ?? "" }
      if node.isOf("ln") { looks.insert("\(colour) \(node.attributes["class"] ?? "")") }
    }
    #expect(looks.count == 17)
  }

  @Test func `has the name of each line where it ends`() throws {
    let drawing = Drawing(
      figure(.lines, [line("middle", [0, 20]), line("top", [0, 30]), line("bottom", [0, 10])]))
    for (name, end) in [("top", 30.0), ("middle", 20), ("bottom", 10)] {
      let label = try #require(drawing.parsed.nodes(of: "lb").first { $0.text == name })
      #expect(isNear(label["y"] - 4, max(try place(end, drawing.upwards), 26)), "\(name)")
    }
  }

  @Test func `keeps what stands out of many points`() throws {
    var values = (0..<3000).map { 50 + Double($0 % 7) }
    for index in 0..<20 { (values[1000 + 37 * index], values[2000 + 37 * index]) = (100, 0) }
    let drawing = Drawing(figure(.lines, [line("a", values)]))
    let path = try #require(drawing.paths("ln").first)
    let heights = path.indices.filter { $0 % 2 == 1 }.map { path[$0] }
    #expect(heights.count < 2500)
    let (top, bottom) = (try place(100, drawing.upwards), try place(0, drawing.upwards))
    #expect(heights.count { isNear($0, top) } == 20)
    #expect(heights.count { isNear($0, bottom) } == 20)
  }

  @Test func `has in each panel its lines and no others`() {
    let lines = ["p", "q"].flatMap { panel in
      ["a", "b"].map { line($0, [1, 2], panel: panel) }
    }
    // Two more stand in the legend.
    #expect(Drawing(figure(.lines, lines)).paths("ln").count == 6)
  }

  @Test func `has images in the rows and columns that were declared`() throws {
    let images = Parsed(Data(FigureDrawing(`A drawn image grid`.figure()).file)).nodes
      .filter { $0.name == "image" }
    try #require(images.count == 6)
    let (upper, lower) = (images.prefix(3), images.suffix(3))
    #expect(Set(upper.map { $0["y"] }).count == 1 && Set(lower.map { $0["y"] }).count == 1)
    #expect(upper[0]["y"] < images[3]["y"])
    #expect(upper.map { $0["x"] } == lower.map { $0["x"] })
    #expect(upper.map { $0["x"] } == upper.map { $0["x"] }.sorted())
  }
}

struct `A figure in characters` {
  @Test func `rises where its numbers do`() throws {
    let lines = TerminalFigure(figure(.lines, [line("a", [0, 5, 10])]), width: 60).lines
    let marks = lines.filter { $0.contains("│") }.compactMap { Array($0).firstIndex(of: "●") }
    #expect(marks.count > 5 && marks == marks.sorted(by: >))
    #expect(lines.last == "  ● a: 0 at 0 → 10 at 2")
  }

  @Test func `has the first row of a heat map at the bottom, as its drawing`() throws {
    let lines = TerminalFigure(
      figure(
        .heatMap,
        [line("below", [0, 0], at: ["p", "q"]), line("above", [1, nil], at: ["p", "q"])]),
      width: 60
    ).lines
    let above = try #require(lines.firstIndex { $0.hasPrefix("  above│") })
    #expect(lines[above].hasSuffix("│████????"))
    #expect(lines[above + 1] == "  below│        ")
  }

  @Test func `says of a bar that it has no number`() {
    let lines = TerminalFigure(
      figure(.bars, [line("a", [3, nil, 0], at: ["p", "q", "r"])]), width: 60
    ).lines
    #expect(lines.contains { $0.hasPrefix("  p █") && $0.hasSuffix("█ 3") })
    #expect(lines.contains("  q  no number") && lines.contains("  r  0"))
  }
}

struct `The numbers of a figure` {
  private let two = figure(
    .lines, [line("a", [2, nil], at: ["1", "x"], panel: "p", reach: 0.5)])

  @Test func `are values with the ends of their intervals and their seeds`() {
    #expect(
      CSV.lines([two]) == [
        "figure,place,line,horizontal,x,vertical,unit,mean,low,high,seeds,panel",
        "Title,Figure 1,a,x,1,y,nat,2.0,1.5,2.5,2,p", "Title,Figure 1,a,x,x,y,nat,,,,3,p",
      ])
  }

  @Test func `are a table on its page`() {
    let table = Parsed(Data(FigureTable(two).markup.bytes))
    #expect(table.problem == nil)
    let cells = table.nodes.filter { $0.name == "td" || $0.name == "th" }.map(\.text)
    #expect(
      cells == [
        "Line", "x", "y", "Seeds", "a, p", "1", "2.0 [1.5, 2.5] nat", "2", "a, p", "x",
        "no number", "3",
      ])
  }
}
