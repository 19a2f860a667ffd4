public import Datasets
// A declaration speaks of bands, rules and readings, so that a paper sees them with this module.
@_exported public import Evidence

/// A name that is written once: an enum case whose raw value is the key everywhere else.
public typealias Name = CaseIterable & Codable & Hashable & RawRepresentable<String> & Sendable

/// One paper as a declared replication: its arms, its claims, and how one trial is run.
///
/// A paper is an enum without cases that conforms to this protocol. What differs between arms is
/// data: `run` receives a setup and never learns which arm or claim asked for it.
public protocol Replication: SendableMetatype {
  /// The variants of the experiment.
  associatedtype Arm: Name
  /// The published claims.
  associatedtype Claim: Name
  /// One cell of the experiment, as plain data.
  associatedtype Setup: Codable & Hashable & Sendable
  /// What one trial measured; claims are made of its stored quantities and series.
  associatedtype Outcome: Codable & Sendable

  /// The citation.
  static var paper: Paper { get }
  /// The data sets that trials read; a trial can read no other.
  static var data: [DatasetName] { get }
  /// Where this replication departs from the paper; an empty list says "nowhere".
  static var departures: [String] { get }

  /// The cells of an arm at a tier: one, or a grid.
  static func setups(_ arm: Arm, at tier: Tier) -> [Setup]
  /// What a claim demands at a tier, or nil where that tier does not judge it.
  static func expectation(_ claim: Claim, at tier: Tier) -> Expectation<Self>?
  /// The paper's figures that a tier can redraw, from arms that its claims run.
  static func figures(at tier: Tier) -> [Figure<Self>]
  /// Executes one cell with one seed: a pure function of both and of the declared data.
  static func run(_ setup: Setup, in trial: Trial) throws -> Outcome
}

extension Replication {
  /// No data sets.
  public static var data: [DatasetName] { [] }

  /// No figures.
  public static func figures(at tier: Tier) -> [Figure<Self>] { [] }
}
