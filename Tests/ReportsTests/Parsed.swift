import Foundation
import FoundationXML

/// A page or drawing as a strict parser sees it: elements, attributes and text.
final class Parsed: NSObject, XMLParserDelegate {
  private(set) var elements: [String: Int] = [:]
  private(set) var attributes: [(element: String, name: String, value: String)] = []
  private(set) var text = ""
  private(set) var problem: String?
  private var open: [String] = []
  private(set) var textOfScripts = ""

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

  /// The identifiers of elements.
  var identifiers: [String] { attributes.filter { $0.name == "id" }.map(\.value) }

  func parser(
    _ parser: XMLParser, didStartElement element: String, namespaceURI: String?,
    qualifiedName: String?, attributes found: [String: String]
  ) {
    elements[element, default: 0] += 1
    open.append(element)
    for (name, value) in found { attributes.append((element, name, value)) }
  }

  func parser(
    _ parser: XMLParser, didEndElement element: String, namespaceURI: String?,
    qualifiedName: String?
  ) {
    open.removeLast()
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    if open.last == "script" || open.last == "style" {
      textOfScripts += string
    } else {
      text += string
    }
  }
}
