public import Datasets
public import Replication

/// A paper whose troubled trial returns no number.
public enum UndefinedPaper: Misbehaving {
  public static let paper = citation("undefined", 2007)
  public static func misbehave(in trial: Trial) throws -> Ratio { Ratio(Double.nan) }
}

/// A paper whose troubled trial returns infinity.
public enum UnboundedPaper: Misbehaving {
  public static let paper = citation("unbounded", 2008)
  public static func misbehave(in trial: Trial) throws -> Ratio { Ratio(Double.infinity) }
}

/// A paper whose troubled trial reads a data set that it does not declare.
public enum UndeclaredPaper: Misbehaving {
  public static let paper = citation("undeclared", 2009)
  public static func misbehave(in trial: Trial) throws -> Ratio {
    Ratio(try MNIST(from: trial.data(.mnist)).train.count)
  }
}

/// A paper whose troubled trial reads a data set that it declares.
public enum ReadingPaper: Misbehaving {
  public static let paper = citation("reading", 2010)
  public static let data: [DatasetName] = [.mnist]
  public static func misbehave(in trial: Trial) throws -> Ratio {
    Ratio(try MNIST(from: trial.data(.mnist)).train.count)
  }
}

/// A paper whose troubled trial prints what a worker would answer.
public enum PrintingPaper: Misbehaving {
  public static let paper = citation("printing", 2011)
  public static func misbehave(in trial: Trial) throws -> Ratio {
    for index in 0..<10 { print(index) }
    return 1.0
  }
}

/// A paper whose affected claim does not hold.
public enum RefutedPaper: Misbehaving {
  public static let paper = citation("refuted", 2012)
  public static func misbehave(in trial: Trial) throws -> Ratio { 0.25 }
}

/// A paper whose affected claim is judged without an answer: the scale ended too early.
public enum UndecidedPaper: Misbehaving {
  public static let paper = citation("undecided", 2013)
  public static func misbehave(in trial: Trial) throws -> Ratio { .notReached(by: 0.25) }
}
