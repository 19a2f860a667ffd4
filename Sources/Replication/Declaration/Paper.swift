/// The citation of a paper and the place of its declaration in the sources.
public struct Paper: Sendable {
  /// The key everywhere: `firstauthorYEAR-slug`.
  public let id: String
  /// The identifier under which the paper is found.
  public let identifier: Identifier
  /// The year of the first version.
  public let year: Int
  /// The title as printed.
  public let title: String
  /// The authors as printed, in order.
  public let authors: [String]
  /// The file that declares the paper, as the compiler saw it.
  public let file: String

  /// Declares a citation.
  ///
  /// - Parameters:
  ///   - id: The key, `firstauthorYEAR-slug`.
  ///   - identifier: The arXiv number or DOI.
  ///   - year: The year of the first version.
  ///   - title: The title as printed.
  ///   - authors: The authors as printed.
  ///   - file: Where the declaration stands; leave it to the compiler.
  public init(
    _ id: String, _ identifier: Identifier, year: Int, title: String, authors: [String],
    file: String = #filePath
  ) {
    self.id = id
    self.identifier = identifier
    self.year = year
    self.title = title
    self.authors = authors
    self.file = file
  }

  /// The folder of the paper's sources, as the compiler saw it.
  public var folder: String {
    file.lastIndex(of: "/").map { String(file[..<$0]) } ?? "."
  }

  /// An identifier under which a paper is found.
  public enum Identifier: Hashable, Sendable {
    /// A number on arXiv, such as `2412.08424`.
    case arxiv(String)
    /// A digital object identifier.
    case doi(String)

    /// The address that resolves the identifier.
    public var url: String {
      switch self {
      case .arxiv(let number): "https://arxiv.org/abs/\(number)"
      case .doi(let name): "https://doi.org/\(name)"
      }
    }

    /// The number on arXiv, if it is one.
    public var arxiv: String? {
      if case .arxiv(let number) = self { number } else { nil }
    }
  }
}

/// Where in a paper a claim stands.
public enum Place: Hashable, Sendable, CustomStringConvertible {
  /// The abstract.
  case abstract
  /// A section, such as `4.2` or `B`.
  case section(String)
  /// A figure.
  case figure(Int)
  /// A table.
  case table(Int)
  /// A theorem, such as `5.2`.
  case theorem(String)
  /// An equation.
  case equation(Int)
  /// A consequence of the paper's definitions that it does not state itself, with its derivation.
  case derived(String)

  /// The place in words, such as `Theorem 5.2`.
  public var description: String {
    switch self {
    case .abstract: "Abstract"
    case .section(let number): "Section \(number)"
    case .figure(let number): "Figure \(number)"
    case .table(let number): "Table \(number)"
    case .theorem(let number): "Theorem \(number)"
    case .equation(let number): "Equation \(number)"
    case .derived(let how): "derived: \(how)"
    }
  }
}

/// How much of an experiment is run.
public enum Tier: String, CaseIterable, Codable, Sendable {
  /// At most ten seconds a paper on one core: guards the code, does not claim replication.
  case smoke
  /// About ten minutes on two cores at the seeds the claims need; the default.
  case standard
  /// The paper's own scale.
  case full

  /// Wall-clock seconds after which a trial of this tier counts as hanging.
  public var secondsPerTrial: Double {
    switch self {
    case .smoke: 120
    case .standard: 3600
    case .full: 7 * 86400
    }
  }
}
