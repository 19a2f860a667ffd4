package import Replication

/// The papers of the fixture program.
package let fixturePapers: [any Replication.Type] = [
  CoinPaper.self, TrappingPaper.self, ThrowingPaper.self, HangingPaper.self, HoardingPaper.self,
  ExitingPaper.self, LingeringPaper.self, UndefinedPaper.self, UnboundedPaper.self,
  UndeclaredPaper.self, ReadingPaper.self, PrintingPaper.self, RefutedPaper.self,
  UndecidedPaper.self, AmendedPaper.self, SlowPaper.self, IdlePaper.self, StagedPaper.self,
  ResumingPaper.self, MalformedPaper.self,
]
