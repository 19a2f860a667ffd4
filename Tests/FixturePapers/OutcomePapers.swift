package import Datasets
package import Replication

/// A paper whose troubled trial returns no number.
package enum UndefinedPaper: Misbehaving {
  package static let paper = citation("undefined", 2007)
  package static func misbehave(in trial: Trial) throws -> Ratio { Ratio(Double.nan) }
}

/// A paper whose troubled trial returns infinity.
package enum UnboundedPaper: Misbehaving {
  package static let paper = citation("unbounded", 2008)
  package static func misbehave(in trial: Trial) throws -> Ratio { Ratio(Double.infinity) }
}

/// A paper whose troubled trial reads a data set that it does not declare.
package enum UndeclaredPaper: Misbehaving {
  package static let paper = citation("undeclared", 2009)
  package static func misbehave(in trial: Trial) throws -> Ratio {
    Ratio(try MNIST(from: trial.data(.mnist)).train.count)
  }
}

/// A paper whose troubled trial reads a data set that it declares.
package enum ReadingPaper: Misbehaving {
  package static let paper = citation("reading", 2010)
  package static let data: [DatasetName] = [.mnist]
  package static func misbehave(in trial: Trial) throws -> Ratio {
    Ratio(try MNIST(from: trial.data(.mnist)).train.count)
  }
}

/// A paper whose troubled trial prints what a worker would answer.
package enum PrintingPaper: Misbehaving {
  // Its sources are on no machine, as with a program that was moved.
  package static let paper = citation("printing", 2011, file: "elsewhere/PrintingPaper.swift")
  package static func misbehave(in trial: Trial) throws -> Ratio {
    for index in 0..<10 { print(index) }
    return 1.0
  }
}

/// A paper whose affected claim does not hold.
package enum RefutedPaper: Misbehaving {
  package static let paper = citation("refuted", 2012)
  package static func misbehave(in trial: Trial) throws -> Ratio { 0.25 }
}

/// A paper whose affected claim is judged without an answer: the scale ended too early.
package enum UndecidedPaper: Misbehaving {
  package static let paper = citation("undecided", 2013)
  package static func misbehave(in trial: Trial) throws -> Ratio { .notReached(by: 0.25) }
}
