public import Replication

/// The papers of the fixture program.
public let fixturePapers: [any Replication.Type] = [CoinPaper.self]
