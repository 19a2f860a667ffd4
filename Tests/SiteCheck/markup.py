"""The pages as files: strictly XML and HTML, and every link leads somewhere."""

import os
import re
import urllib.error
import urllib.parse
import urllib.request
import xml.parsers.expat

import html5lib

ABROAD = ("https://arxiv.org/abs/", "https://doi.org/")
KINDS = (".html", ".svg", ".xml")


class Page:
    def __init__(self, path, data):
        self.path, self.problems, self.links, self.names = path, [], [], set()
        try:
            text = data.decode()
        except UnicodeDecodeError as error:
            self.problems.append(str(error))
            return
        if path.endswith(".html"):
            if not text.startswith("<!DOCTYPE html>"):
                self.problems.append("has no document type")
            text = text.removeprefix("<!DOCTYPE html>")
        parser = xml.parsers.expat.ParserCreate()
        parser.StartElementHandler = self.start
        try:
            parser.Parse(text.encode(), True)
        except xml.parsers.expat.ExpatError as error:
            self.problems.append(f"not XML: {error}")

    def start(self, element, attributes):
        name = attributes.get("id")
        if name in self.names:
            self.problems.append(f"the id {name} occurs twice")
        if name:
            self.names.add(name)
        for key, value in attributes.items():
            if key.startswith("on") or key == "style":
                self.problems.append(f"<{element}> has {key}")
            if key in ("href", "src", "action"):
                self.links.append((element, value))


def strictly_html(data):
    """Why the page is no valid HTML; none where it is."""
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(data)
    return [f"HTML: {code} {facts}" for _, code, facts in parser.errors]


class Folder:
    """A built site."""

    def __init__(self, root):
        self.root = os.path.abspath(root)

    def address(self, path):
        return "file://" + urllib.parse.quote(f"{self.root}/{path}")

    def is_own(self, address):
        return address.startswith(("file://", "data:"))

    def paths(self):
        for folder, _, names in os.walk(self.root):
            for name in sorted(names):
                yield os.path.relpath(os.path.join(folder, name), self.root)

    def read(self, path):
        try:
            with open(f"{self.root}/{path}", "rb") as file:
                return file.read()
        except OSError:
            return None


class Server:
    """A site that is answered; followed from its first page, so many pages of it."""

    most = 400

    def __init__(self, base):
        self.base = base.rstrip("/") + "/"
        self.known = {}

    def address(self, path):
        return self.base + path

    def is_own(self, address):
        return address.startswith((self.base, "data:"))

    def paths(self):
        seen, waiting = set(), ["index.html"]
        while waiting and len(seen) < self.most:
            path = waiting.pop(0)
            if path in seen:
                continue
            seen.add(path)
            yield path
            if path.endswith(".html"):
                data = self.read(path)
                for _, link in Page(path, data).links if data else []:
                    target = resolve(path, link)
                    if target and target[0] not in seen:
                        waiting.append(target[0])

    def read(self, path):
        if path not in self.known:
            try:
                self.known[path] = urllib.request.urlopen(self.address(path), timeout=20).read()
            except (urllib.error.URLError, OSError):
                self.known[path] = None
        return self.known[path]


def resolve(path, link):
    """The path and the anchor that a link leads to; none for one that leads elsewhere."""
    if re.match(r"[a-z]+:", link):
        return None
    place, _, anchor = link.partition("#")
    place = urllib.parse.unquote(place.partition("?")[0])
    if not place:
        return path, anchor
    target = os.path.normpath(os.path.join(os.path.dirname(path), place))
    return target, anchor


def check(site):
    """Everything wrong with the pages of a site, and how many pages and links it has."""
    problems, pages, targets, links = [], {}, set(), 0
    for path in site.paths():
        if not path.endswith(KINDS):
            continue
        data = site.read(path)
        if data is None:
            problems.append(f"{path}: cannot be read")
            continue
        page = pages[path] = Page(path, data)
        # Pages of runs are alike: of those every twentieth is parsed as HTML too.
        if path.endswith(".html") and (not path.startswith("runs/") or len(pages) % 20 == 0):
            page.problems += strictly_html(data)
        problems += [f"{path}: {problem}" for problem in page.problems]
    exists = {}
    for path, page in pages.items():
        for element, link in page.links:
            links += 1
            target = resolve(path, link)
            if target is None:
                if not (element == "a" and link.startswith(ABROAD)) and not (
                        element == "image" and link.startswith("data:image/png;base64,")):
                    problems.append(f"{path}: <{element}> leads to {link[:80]}")
                continue
            place, anchor = target
            if place not in exists:
                exists[place] = place in pages or site.read(place) is not None
            if not exists[place]:
                problems.append(f"{path}: {link} leads nowhere")
            elif anchor and place in pages and anchor not in pages[place].names:
                problems.append(f"{path}: there is no {anchor} at {place}")
    return problems, pages, links
