import Evidence
import Replication

/// Recorded images in rows and columns, their pixels as they are.
///
/// A value without a number shows the ground behind the image, which is drawn in a colour that no
/// grey has.
struct ImageGridDrawing {
  let figure: DrawnFigure
  /// The names of the rows, each once.
  let rows: [String]
  let shades: ImageShades
  /// How many pixels a unit of the drawing becomes; nil where it stays one of lines.
  private let scale: Double?

  /// The least and the greatest side of an image.
  private static let (least, greatest) = (22.0, 120.0)
  private static let gap = 6.0

  init(_ figure: DrawnFigure, scale: Double? = nil) {
    self.figure = figure
    self.scale = scale
    var rows: [String] = []
    for line in figure.lines where !rows.contains(line.name) { rows.append(line.name) }
    self.rows = rows
    shades = ImageShades(figure)
  }

  /// The height and the content.
  var drawing: (height: Double, content: Markup) {
    let most = rows.map { row in figure.lines.count { $0.name == row } }.max() ?? 1
    let left = min(160, (rows.map(textWidth).max() ?? 0) * 1.15 + 12)
    let room = FigureDrawing.width - left
    // A row that has no room for all its images goes on below.
    let columns = max(1, min(most, Int(room / (Self.least + Self.gap))))
    let side = min(Self.greatest, room / Double(columns) - Self.gap)
    let largest = figure.lines.compactMap(\.image).map { max($0.height, $0.width) }.max() ?? 1
    let labels = most > 1 && most <= columns
    var content = Markup()
    var y = labels ? 22.0 : 6
    for row in rows {
      let lines = figure.lines.filter { $0.name == row }
      let full: Markup = row.count > 22 ? "<title>\(row)</title>" : ""
      content += """
        <text class="lg" x="0" y="\(at: y + min(side, 22) - 8)">\(full)\(shortened(row, to: 22))</text>
        """
      for (index, line) in lines.enumerated() {
        let (down, column) = index.quotientAndRemainder(dividingBy: columns)
        let x = left + Double(column) * (side + Self.gap)
        let top = y + Double(down) * (side + Self.gap)
        if labels, row == rows.first {
          content += """
            <text class="tk" x="\(at: x + side / 2)" y="14" text-anchor="middle">\
            \(shortened(line.panel, to: max(2, Int(side / 6.3))))</text>
            """
        }
        content += image(line, x: x, y: top, scale: side / Double(largest))
      }
      y += Double((lines.count + columns - 1) / columns) * (side + Self.gap) + 4
    }
    return (
      y + 20,
      content + "<text class=\"ax\" x=\"\(at: left)\" y=\"\(at: y + 12)\">\(shades.text)</text>"
    )
  }

  private func image(_ line: DrawnFigure.Line, x: Double, y: Double, scale: Double) -> Markup {
    guard let image = line.image,
      line.points.count == image.width * image.height * image.channels
    else { return "" }
    let (width, height) = (Double(image.width) * scale, Double(image.height) * scale)
    let png = PNGImage(
      width: image.width, height: image.height, channels: image.channels,
      samples: shades.samples(line.points, channels: image.channels),
      enlarged: enlargement(to: max(width, height), from: max(image.width, image.height)))
    let isWhole = line.points.allSatisfy { $0.y?.isFinite ?? false }
    let ground: Markup =
      isWhole
      ? ""
      : """
      <rect class="gap" x="\(at: x)" y="\(at: y)" width="\(at: width)" height="\(at: height)"/>
      """
    return """
      <g><title>\(line.name), \(line.panel)</title>\(ground)<image x="\(at: x)" y="\(at: y)" \
      width="\(at: width)" height="\(at: height)" image-rendering="optimizeSpeed" class="px" \
      preserveAspectRatio="none" href="\(png.address)"/></g>
      """
  }

  /// How often each pixel is repeated: until an image has as many as it will cover, or 512.
  private func enlargement(to side: Double, from pixels: Int) -> Int {
    guard let scale, scale.isFinite else { return 1 }
    let wanted = min(512, side * scale) / Double(pixels)
    return max(1, Int(wanted.rounded(.up)))
  }
}

/// How the values of images become shades: one scale for all images of a figure.
struct ImageShades {
  let figure: DrawnFigure
  /// The number that is drawn black.
  let lower: Double
  /// The number that is drawn white.
  let upper: Double
  /// Whether numbers beyond these are drawn like them.
  private let isCut: (below: Bool, above: Bool)

  init(_ figure: DrawnFigure) {
    self.figure = figure
    var (least, greatest) = (Double.infinity, -Double.infinity)
    for line in figure.lines {
      for case let value? in line.points.lazy.map(\.y) where value.isFinite {
        (least, greatest) = (min(least, value), max(greatest, value))
      }
    }
    if let declared = figure.shades {
      isCut = (least < declared.lower, greatest > declared.upper)
      (least, greatest) = (declared.lower, declared.upper)
    } else {
      isCut = (false, false)
    }
    (lower, upper) = least <= greatest ? (least, greatest) : (0, 1)
  }

  /// What black and white are.
  var text: String {
    let ends = [lower, upper].map { plainNumber($0, significant: 3) }
    return "\(figure.shade): black \(ends[0])\(isCut.below ? " and less" : ""), "
      + "white \(ends[1])\(isCut.above ? " and more" : "")"
  }

  /// The share of the way from black to white; nil where there is no number.
  func share(_ value: Double?) -> Double? {
    guard let value, value.isFinite else { return nil }
    guard upper > lower else { return 0.5 }
    // Halved, so that the ends of what a Double holds have a difference.
    return min(1, max(0, (value / 2 - lower / 2) / (upper / 2 - lower / 2)))
  }

  /// The values in 8 bits, each pixel with its opacity: none where one of its values is missing.
  func samples(_ points: [DrawnFigure.Point], channels: Int) -> [UInt8] {
    var samples: [UInt8] = []
    samples.reserveCapacity(points.count / channels * (channels + 1))
    for start in stride(from: 0, to: points.count, by: channels) {
      let shares = points[start..<start + channels].map { share($0.y) }
      let isWhole = shares.allSatisfy { $0 != nil }
      samples += shares.map { isWhole ? UInt8((($0 ?? 0) * 255).rounded()) : 0 }
      samples.append(isWhole ? 255 : 0)
    }
    return samples
  }
}
