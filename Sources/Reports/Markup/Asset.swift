/// The files of our own that pages use, compiled into the program.
enum Asset {
  /// The style sheet of pages and of the figures in them.
  static let style: [UInt8] = PackageResources.site_css + PackageResources.figure_css
  /// The sign of the site in a browser's list of pages.
  static let icon: [UInt8] = PackageResources.icon_svg
  /// What sorts, searches and filters where a browser runs scripts.
  static let script: [UInt8] = PackageResources.site_js
  /// The style of a figure that is a file of its own.
  static let figureStyle = Markup(asset: PackageResources.figure_css)
}
