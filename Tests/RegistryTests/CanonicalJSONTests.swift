import Registry
import Testing

struct `Canonical JSON` {
  @Test func `orders names by bytes, drops spaces and keeps how numbers are spelled`() throws {
    let text = #"""
       { "b" : [ 1.0 , -0.0, 1e-3 ], "ä" : null,
      "a" : { "z" : true, "Z" : "\u0041\/" } }\#t
      """#
    let canonical = try CanonicalJSON(text)
    #expect(canonical.text == #"{"a":{"Z":"A/","z":true},"b":[1.0,-0.0,1e-3],"ä":null}"#)
    #expect(try CanonicalJSON(canonical.text) == canonical)
  }

  @Test func `escapes what must be escaped and nothing else`() throws {
    let canonical = try CanonicalJSON(#""\"\\\/\b\f\n\r\t\u0000\u001f\ud83d\ude00</\u2028""#)
    #expect(canonical.text == "\"\\\"\\\\/\\u0008\\u000c\\n\\r\\t\\u0000\\u001f😀</\u{2028}\"")
  }

  @Test(arguments: [
    "", " ", "{", "[1,]", "{\"a\":1,}", "{a:1}", "01", "1.", ".5", "+1", "1e", "-", "nan", "NaN",
    "Infinity", "tru", "\"", "\"\\x\"", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\udc00\"",
    "\"\\u12\"", "\"\u{1}\"", "1 2", "{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2}", "[1 2]",
    "// c\n1", "\u{FEFF}1",
  ]) func `refuses what is not JSON`(text: String) {
    #expect(throws: RegistryError.self) { try CanonicalJSON(text) }
  }

  @Test func `refuses nesting without end`() throws {
    let deep = String(repeating: "[", count: 100_000)
    #expect(throws: RegistryError.self) { try CanonicalJSON(deep) }
    let allowed = String(repeating: "[", count: 60) + String(repeating: "]", count: 60)
    #expect(try CanonicalJSON(allowed).text == allowed)
  }
}
