import Foundation
import FoundationXML

/// A page or drawing as a strict parser sees it: elements, attributes and text.
final class Parsed: NSObject, XMLParserDelegate {
  private(set) var elements: [String: Int] = [:]
  private(set) var attributes: [(element: String, name: String, value: String)] = []
  /// The elements in the order in which they begin.
  private(set) var nodes: [Node] = []
  private(set) var text = ""
  private(set) var problem: String?
  private var open: [Int] = []
  private(set) var textOfScripts = ""

  /// An element with the text that stands in itself, not in elements inside it.
  struct Node {
    var name: String
    var attributes: [String: String]
    var text = ""

    /// An attribute that is a number; no number where it is none.
    subscript(name: String) -> Double { attributes[name].flatMap { Double($0) } ?? .nan }

    /// Whether the element has a class.
    func isOf(_ style: String) -> Bool {
      attributes["class"]?.split(separator: " ").contains { $0 == style } ?? false
    }
  }

  /// Parses a page, which is written so that it is XML too.
  init(_ data: Data) {
    super.init()
    var bytes = Array(data)
    let doctype = Array("<!DOCTYPE html>".utf8)
    if bytes.starts(with: doctype) { bytes.removeFirst(doctype.count) }
    let parser = XMLParser(data: Data(bytes))
    parser.delegate = self
    if !parser.parse() {
      problem =
        "line \(parser.lineNumber): \(parser.parserError?.localizedDescription ?? "not XML")"
    }
  }

  /// Addresses that the page leads to or loads.
  var links: [String] { attributes.filter { $0.name == "href" || $0.name == "src" }.map(\.value) }

  /// The elements of a class.
  func nodes(of style: String) -> [Node] { nodes.filter { $0.isOf(style) } }

  /// The identifiers of elements.
  var identifiers: [String] { attributes.filter { $0.name == "id" }.map(\.value) }

  func parser(
    _ parser: XMLParser, didStartElement element: String, namespaceURI: String?,
    qualifiedName: String?, attributes found: [String: String]
  ) {
    elements[element, default: 0] += 1
    open.append(nodes.count)
    nodes.append(Node(name: element, attributes: found))
    for (name, value) in found { attributes.append((element, name, value)) }
  }

  func parser(
    _ parser: XMLParser, didEndElement element: String, namespaceURI: String?,
    qualifiedName: String?
  ) {
    open.removeLast()
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    guard let last = open.last else { return }
    nodes[last].text += string
    if ["script", "style"].contains(nodes[last].name) {
      textOfScripts += string
    } else {
      text += string
    }
  }
}
