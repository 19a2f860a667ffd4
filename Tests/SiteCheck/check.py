"""Opens the pages of a site in Chromium and says everything that is wrong with them.

usage: check.py FOLDER|URL [--references DIR] [--update] [--shots DIR]
"""

import argparse
import importlib.resources
import io
import json
import os
import re
import sys

from PIL import Image, ImageChops, ImageStat

import markup
from browser import Browser

SIZES = ((390, 1800), (1440, 1600))
SCHEMES = ("light", "dark")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]


def page_of_each_kind(pages):
    """The path of one page of each kind, and some more that differ from it."""
    def some(pattern, count=1):
        found = sorted(path for path in pages if re.fullmatch(pattern, path))
        return found[:: max(1, len(found) // count)][:count]

    kinds = {"overview": ["index.html"], "claims": ["claims.html"], "changes": ["changes.html"],
             "about": ["about.html"]}
    # The paper with the most to show stands for all.
    papers = some(r"papers/[^/]+/index\.html", 1000)
    folders = sorted(
        papers, key=lambda path: (-len(pages[path].names), path))
    kinds["paper"] = folders[:1]
    for path in folders:
        comparison = path.replace("index.html", "comparison.html")
        if comparison in pages:
            kinds["comparison"] = [comparison]
            break
    folder = os.path.dirname(kinds["paper"][0]) if kinds["paper"] else "none"
    links = [markup.resolve(kinds["paper"][0], link) for element, link in
             pages[kinds["paper"][0]].links if element == "a"] if kinds["paper"] else []
    for kind, pattern in (("run", "runs/"), ("commit", "commits/"), ("claim", f"{folder}/claims/")):
        found = [target[0] for target in links if target and target[0].startswith(pattern)]
        kinds[kind] = found[:1]
    kinds["more"] = some(r"papers/[^/]+/index\.html", 6) + some(r"runs/.*\.html", 4) + \
        some(r"papers/.*/claims/.*\.html", 4) + some(r"papers/.*/figures/.*\.svg", 6)
    return kinds


class Check:
    def __init__(self, site, browser, options):
        self.site, self.browser, self.options = site, browser, options
        self.problems = []
        path = importlib.resources.files("axe_core_python") / "axe.min.js"
        self.axe = path.read_text()

    def complain(self, place, what):
        self.problems.append(f"{place}: {what}")

    def open(self, path, query=""):
        errors, asked = self.browser.open(self.site.address(path) + query)
        for error in errors:
            self.complain(path, f"console: {error[:300]}")
        for address in asked:
            if not self.site.is_own(address):
                self.complain(path, f"asks {address[:120]}")

    def look(self, kind, path):
        """A page at both sizes in both schemes."""
        for width, height in SIZES:
            for scheme in SCHEMES:
                place = f"{path} at {width}, {scheme}"
                self.browser.view(width, scheme)
                self.open(path)
                if path.endswith(".html"):
                    self.structure(place, width)
                if kind != "more":
                    self.compare(place, f"{kind}-{width}-{scheme}", width, height)

    def structure(self, place, width):
        # Not by innerWidth: a telephone's window grows with what is too wide for it.
        wide = self.browser.evaluate(f"document.documentElement.scrollWidth - {width}")
        if wide > 0:
            self.complain(place, f"{wide} pixels wider than the window")
        self.browser.evaluate(self.axe + ";0")
        found = json.loads(self.browser.evaluate(
            f"axe.run(document, {{runOnly: {json.dumps(RULES)}}}).then(r => JSON.stringify("
            "r.violations.map(v => [v.id, v.nodes.length, v.nodes[0].html.slice(0, 200),"
            " v.nodes[0].failureSummary])))"))
        for name, count, example, why in found:
            self.complain(place, f"axe: {name}, {count} times: {example} {why[:300]}")

    def compare(self, place, name, width, height):
        """The page beside the image that was kept, at half the size where it is wide."""
        image = Image.open(io.BytesIO(self.browser.shot(width, height))).convert("RGB")
        if self.options.shots:
            image.save(f"{self.options.shots}/{name}.png")
        if width > 1000:
            image = image.resize((width // 2, height // 2), Image.LANCZOS)
        kept = f"{self.options.references}/{name}.webp"
        if self.options.update:
            image.save(kept, quality=80, method=6)
            return
        if not os.path.exists(kept):
            self.complain(place, f"there is no {kept}; --update writes it")
            return
        other = Image.open(kept).convert("RGB")
        if other.size != image.size:
            self.complain(place, f"has another size than {kept}")
            return
        difference = ImageChops.difference(image, other).convert("L")
        changed = sum(difference.histogram()[48:]) / (image.size[0] * image.size[1])
        mean = ImageStat.Stat(difference).mean[0]
        if changed > 0.01 or mean > 3:
            self.complain(place, f"differs from {kept}: {changed:.1%} of its pixels")

    def rows(self):
        """The rows that can be seen: their texts and classes."""
        return self.browser.evaluate(
            "[...document.querySelectorAll('table.sort tbody tr')]"
            ".filter(r => r.getClientRects().length)"
            ".map(r => [(r.innerText + ' ' + [...r.querySelectorAll('[title]')].map(e => e.title)"
            ".join(' ')).toLowerCase(), r.className])")

    def filters(self, path):
        """Choosing rows, which needs no script."""
        all_rows = self.rows()
        for name in ("vf", "vn", "vp", "vi", "ve"):
            if not self.browser.evaluate(f"!!document.querySelector('#show-{name}')"):
                continue
            self.browser.click(f"#show-{name}")
            wanted = [row for row in all_rows if name in row[1].split()]
            if self.rows() != wanted:
                self.complain(path, f"the choice {name} shows other rows than those of the class")
        self.browser.click("#show-all")
        if self.rows() != all_rows:
            self.complain(path, "not all rows come back")

    def search(self, path):
        """Searching with a script, without one, and on a server."""
        self.browser.view(1440, "light")
        self.open(path)
        all_rows = self.rows()
        word = next((w for row in all_rows for w in re.findall(r"[a-z]{6,}", row[0])
                     if sum(w in r[0] for r in all_rows) < len(all_rows)), None)
        if not word:
            self.complain(path, "has no word that tells one row from another")
            return
        wanted = [row for row in all_rows if word in row[0]]
        self.browser.type("input[type=search]", word)
        if self.rows() != wanted:
            self.complain(path, f"a search for {word} shows other rows")
        self.browser.type("input[type=search]", "zzzzzz")
        if self.rows() or not self.browser.evaluate(
                "document.querySelector('p.none').getClientRects().length"):
            self.complain(path, "a search for nothing does not say so")
        self.browser.type("input[type=search]", "")
        if self.rows() != all_rows:
            self.complain(path, "an empty search does not show all rows")
        self.filters(path)
        self.browser.scripts(False)
        self.open(path)
        self.filters(path + ", no script")
        seen = self.browser.evaluate(
            "[...document.querySelectorAll('form.find, noscript')].map(e => "
            "[e.localName, e.getClientRects().length > 0])")
        if isinstance(self.site, markup.Folder):
            if ["form", True] in seen or ["noscript", True] not in seen:
                self.complain(path, f"without scripts offers a search that nobody answers: {seen}")
        else:
            self.open(path, f"?q={word}")
            found = self.rows()
            if not found or len(found) >= len(all_rows) or ["form", True] not in seen:
                self.complain(path, f"without scripts the server's search for {word} does not work")
        self.browser.scripts(True)


def main():
    parser = argparse.ArgumentParser(prog="check-site")
    parser.add_argument("site")
    parser.add_argument("--references", default="Tests/References")
    parser.add_argument("--shots", help="a folder for the images as they are now")
    parser.add_argument("--update", action="store_true", help="keep the images as they are now")
    options = parser.parse_args()
    for folder in filter(None, (options.references, options.shots)):
        os.makedirs(folder, exist_ok=True)
    is_server = options.site.startswith("http://")
    site = markup.Server(options.site) if is_server else markup.Folder(options.site)
    problems, pages, links = markup.check(site)
    print(f"check-site: {len(pages)} pages and drawings, {links} links", flush=True)
    browser = Browser()
    try:
        check = Check(site, browser, options)
        count = 0
        for kind, paths in page_of_each_kind(pages).items():
            if not paths:
                check.complain(kind, "there is no such page")
            for path in paths:
                check.look(kind, path)
                count += 1
        for path in ("index.html", "claims.html"):
            check.search(path)
    finally:
        browser.close()
    print(f"check-site: {count} pages opened at two sizes in two schemes")
    for problem in problems + check.problems:
        print(f"check-site: {problem}", file=sys.stderr)
    sys.exit(1 if problems or check.problems else 0)


main()
