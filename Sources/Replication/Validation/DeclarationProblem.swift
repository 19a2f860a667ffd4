import Evidence
import Foundation

/// Something wrong with a declaration, found without running anything.
public struct DeclarationProblem: Hashable, Sendable, Codable {
  /// Where: the paper's id, and the arm or claim.
  public let place: String
  /// What is wrong, and what to do.
  public let problem: String
  /// The line of the claim's declaration, where it is about one.
  public let line: Int?

  /// A problem at a place.
  public init(place: String, problem: String, line: Int? = nil) {
    self.place = place
    self.problem = problem
    self.line = line
  }
}

extension Replication {
  /// Everything wrong with the declaration, reported together; nothing is run.
  public static func problems() -> [DeclarationProblem] {
    var problems: [DeclarationProblem] = []
    func report(_ place: String, _ problem: String, line: Int? = nil) {
      problems.append(DeclarationProblem(place: place, problem: problem, line: line))
    }
    for problem in paper.problems { report(paper.id, problem) }
    if Arm.allCases.count < 2 { report(paper.id, "has fewer than two arms; nothing to compare") }
    if Claim.allCases.isEmpty { report(paper.id, "declares no claim") }
    for claim in Claim.allCases
    where Tier.allCases.allSatisfy({ expectation(claim, at: $0) == nil }) {
      report("\(paper.id)/\(claim.rawValue)", "no tier judges it; return an expectation")
    }
    for tier in Tier.allCases {
      for arm in Arm.allCases {
        for problem in armProblems(arm, at: tier) {
          report("\(paper.id) arm \(arm.rawValue) at \(tier.rawValue)", problem)
        }
      }
      for claim in Claim.allCases {
        guard let expectation = expectation(claim, at: tier) else { continue }
        for problem in expectation.problems(at: tier) {
          report(
            "\(paper.id)/\(claim.rawValue) at \(tier.rawValue)", problem, line: expectation.line)
        }
      }
    }
    for tier in Tier.allCases {
      let read = Claim.allCases.compactMap { expectation($0, at: tier)?.arms }
        .reduce(into: Set<Arm>()) { $0.formUnion($1) }
      for figure in figures(at: tier) {
        for problem in figure.problems(at: tier, read: read) {
          report("\(paper.id) figure '\(figure.title)' at \(tier.rawValue)", problem)
        }
      }
    }
    if Claim.allCases.allSatisfy({ expectation($0, at: .smoke) == nil }) {
      report(paper.id, "judges no claim at smoke, so that nothing guards it")
    }
    return problems
  }

  private static func armProblems(_ arm: Arm, at tier: Tier) -> [String] {
    let setups = Self.setups(arm, at: tier)
    var problems: [String] = []
    if Set(setups).count < setups.count { problems.append("two of its setups are equal") }
    for setup in setups {
      do {
        let text = try Canonical.text(setup)
        let back = try Canonical.decode(Setup.self, from: text)
        if back != setup { problems.append("the setup \(text) does not survive JSON") }
      } catch {
        problems.append("a setup cannot be written as JSON: \(error)")
      }
    }
    return problems
  }
}

extension Paper {
  /// What is wrong with the citation and the folder.
  fileprivate var problems: [String] {
    var problems: [String] = []
    if id.wholeMatch(of: /[a-z]+(-[a-z])?[0-9]{4}-[a-z0-9]+(-[a-z0-9]+)*/) == nil {
      problems.append("the id is not of the form firstauthorYEAR-slug")
    }
    if !id.contains("\(year)") && !id.contains("\(year - 1)") && !id.contains("\(year + 1)") {
      problems.append("the id does not hold the year \(year)")
    }
    if title.isEmpty || authors.isEmpty { problems.append("title or authors are missing") }
    if case .arxiv(let number) = identifier,
      number.wholeMatch(of: /[0-9]{4}\.[0-9]{4,5}/) == nil
    {
      problems.append("'\(number)' is not an arXiv number")
    }
    if FileManager.default.fileExists(atPath: file),
      !FileManager.default.fileExists(atPath: "\(folder)/NOTES.md")
    {
      problems.append("\(folder) has no NOTES.md")
    }
    return problems
  }
}

/// What is wrong with a catalogue as a whole: ids must be unique.
public func catalogueProblems(_ catalogue: [any Replication.Type]) -> [DeclarationProblem] {
  Dictionary(grouping: catalogue.map { $0.paper.id }) { $0 }.filter { $0.value.count > 1 }.keys
    .sorted().map { DeclarationProblem(place: $0, problem: "two papers have this id", line: nil) }
}
