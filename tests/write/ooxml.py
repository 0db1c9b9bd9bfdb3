"""What makes Excel offer to repair a workbook (ECMA-376 and Excel's own limits), looked for in the package itself: LibreOffice opens far more."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree as ET

from openpyxl.utils import range_boundaries

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DRAW = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetProtection", "autoFilter", "mergeCells", "conditionalFormatting",
    "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "drawing", "legacyDrawing", "tableParts",
)  # fmt: skip
COUNTED = ("mergeCells", "dataValidations", "tableParts")
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
OUR_FORMULA = re.compile(r"IF\(AND\(ISNUMBER\([A-Z]+\d+\),ISNUMBER\([A-Z]+\d+\)\),[A-Z]+\d+-[A-Z]+\d+,\"\"\)")

Area = tuple[int, int, int, int]
"""left, top, right, bottom"""


def units(text: str) -> int:
    """Length as Excel counts it: UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def overlap(a: Area, b: Area) -> bool:
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]


class Package:
    """A workbook as its parts."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            self.members = archive.namelist()
            self.parts = {name: archive.read(name) for name in self.members}
        self.book = self.xml("xl/workbook.xml")
        self.strings = ["".join(t.text or "" for t in item.iter(f"{MAIN}t")) for item in self._root("xl/sharedStrings.xml")]
        self.titles: dict[str, str] = {}
        links = self.relations("xl/workbook.xml")
        for sheet in self.book.iter(f"{MAIN}sheet"):
            self.titles[sheet.get("name", "")] = links[sheet.get(f"{REL}id", "")][0]

    def xml(self, name: str) -> ET.Element:
        return ET.fromstring(self.parts[name])

    def _root(self, name: str) -> ET.Element | list[ET.Element]:
        return self.xml(name) if name in self.parts else []

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """{id: (target inside the package, mode)} of a part."""
        path = PurePosixPath(part)
        name = str(path.parent / "_rels" / f"{path.name}.rels")
        if name not in self.parts:
            return {}
        found = {}
        for relation in self.xml(name):
            target = relation.get("Target", "")
            where = PurePosixPath(target.lstrip("/")) if target.startswith("/") else path.parent / target
            pieces: list[str] = []
            for piece in where.parts:
                pieces = pieces[:-1] if piece == ".." else [*pieces, piece]
            found[relation.get("Id", "")] = ("/".join(pieces), relation.get("TargetMode", ""))
        return found

    def inside(self, place: str) -> bool:
        """Whether 'Sheet'!$A$1:$B$2 is a sheet of ours and cells that a sheet can have."""
        title, _, cells = place.rpartition("!")
        if title.strip("'").replace("''", "'") not in self.titles:
            return False
        left, top, right, bottom = (n or 1 for n in range_boundaries(cells.replace("$", "")))
        return 1 <= left <= right <= MOST_COLUMNS and 1 <= top <= bottom <= MOST_ROWS


def faults(path: Path, *, own_formulas: bool = True) -> list[str]:
    """Everything that is wrong with the workbook; nothing when Excel would open it without a word."""
    package = Package(path)
    found = [*_package(package), *_book(package), *_styles(package)]
    tables: list[ET.Element] = []
    for title, part in package.titles.items():
        found += [f"{title}: {fault}" for fault in _sheet(package, part, tables, own_formulas=own_formulas)]
    for key in ("id", "displayName"):
        found += [
            f"two tables have the {key} {k}" for k, n in Counter(t.get(key, "").casefold() for t in tables).items() if n > 1
        ]
    for name in package.parts:
        if name.startswith("xl/charts/chart"):
            found += [f"{name}: {fault}" for fault in _chart(package, name)]
    return found


def _package(package: Package) -> Iterator[str]:
    yield from (f"{name} is there twice" for name, n in Counter(package.members).items() if n > 1)
    types = package.xml("[Content_Types].xml")
    named = [t.get("PartName", "").lstrip("/") for t in types if t.get("PartName")]
    endings = {t.get("Extension") for t in types}
    yield from (f"{name} has two types" for name, n in Counter(named).items() if n > 1)
    yield from (f"a type for {name}, which is not there" for name in named if name not in package.parts)
    for name in package.parts:
        if name != "[Content_Types].xml" and name not in named and name.rpartition(".")[2] not in endings:
            yield f"{name} has no type"
        if name.endswith(".rels"):
            yield from _relations(package, name)


def _relations(package: Package, name: str) -> Iterator[str]:
    owner = str(PurePosixPath(name).parent.parent / PurePosixPath(name).name.removesuffix(".rels")).removeprefix("./")
    ids = [r.get("Id", "") for r in package.xml(name)]
    yield from (f"{name}: {i} is there twice" for i, n in Counter(ids).items() if n > 1)
    for target, mode in package.relations(owner).values():
        if mode != "External" and target not in package.parts:
            yield f"{name} leads to {target}, which is not there"
    if owner in package.parts:
        used = set(re.findall(rb'r:(?:id|embed|link)="([^"]+)"', package.parts[owner]))
        yield from (f"{owner} uses {i.decode()}, which {name} does not have" for i in used if i.decode() not in ids)


def _book(package: Package) -> Iterator[str]:
    sheets = list(package.book.iter(f"{MAIN}sheet"))
    for title in package.titles:
        if not title or units(title) > 31 or re.search(r"[\\*?:/\[\]\x00-\x1f]", title) or title[0] == "'" or title[-1] == "'":
            yield f"{title!r} is no title for a sheet"
    for values in ([s.get("name", "").casefold() for s in sheets], [s.get("sheetId", "") for s in sheets]):
        yield from (f"two sheets are {v}" for v, n in Counter(values).items() if n > 1)
    if all(s.get("state", "visible") != "visible" for s in sheets):
        yield "no sheet can be seen"
    selected = [
        t
        for t, part in package.titles.items()
        if b'tabSelected="1"' in package.parts[part] or b'tabSelected="true"' in package.parts[part]
    ]
    if len(selected) > 1:
        yield f"{len(selected)} sheets are selected together: what is typed goes into all of them"
    names = [(n.get("name", ""), n.get("localSheetId", "")) for n in package.book.iter(f"{MAIN}definedName")]
    yield from (f"the name {n} is defined twice" for n, count in Counter(names).items() if count > 1)
    for name in package.book.iter(f"{MAIN}definedName"):
        if int(name.get("localSheetId", "0")) >= len(sheets):
            yield f"the name {name.get('name')} belongs to no sheet"
        place = name.text or ""
        if not re.fullmatch(r"'(?:[^']|'')+'!\$?[A-Z]*\$?\d*:\$?[A-Z]*\$?\d*", place):
            yield f"the name {name.get('name')} is {place}"
        elif place.rpartition("!")[0].strip("'").replace("''", "'") not in package.titles:
            yield f"the name {name.get('name')} leads to no sheet: {place}"


def _styles(package: Package) -> Iterator[str]:
    styles = package.xml("xl/styles.xml")
    sizes = {
        k: len(list(styles.find(f"{MAIN}{k}") or [])) for k in ("fonts", "fills", "borders", "cellXfs", "cellStyleXfs", "numFmts")
    }
    for kind, most in (("cellXfs", 64_000), ("fonts", 1_024), ("fills", 65_000), ("numFmts", 200)):
        if sizes[kind] > most:
            yield f"{sizes[kind]} {kind}"
    formats = {n.get("numFmtId"): n.get("formatCode", "") for n in styles.iter(f"{MAIN}numFmt")}
    yield from (f"the number format {code} is longer than 255" for code in formats.values() if len(code) > 255)
    for looks in styles.find(f"{MAIN}cellXfs") or []:
        for key, kind in (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders"), ("xfId", "cellStyleXfs")):
            if int(looks.get(key, "0")) >= sizes[kind]:
                yield f"a cell style uses {key} {looks.get(key)} of {sizes[kind]}"
        number = looks.get("numFmtId", "0")
        if int(number) >= 164 and number not in formats:
            yield f"a cell style uses the number format {number}, which is not there"


def _sheet(package: Package, part: str, tables: list[ET.Element], *, own_formulas: bool) -> Iterator[str]:
    sheet = package.xml(part)
    names = [child.tag.removeprefix(MAIN) for child in sheet]
    if set(names) - set(ORDER) or sorted(names, key=ORDER.index) != names:
        yield f"its parts stand in the order {names}"
    for name in COUNTED:
        found = sheet.find(f"{MAIN}{name}")
        if found is not None and int(found.get("count", len(found))) != len(found):
            yield f"{name} counts {found.get('count')} and holds {len(found)}"
    texts: dict[tuple[int, int], str] = {}
    yield from _cells(package, sheet, texts, own_formulas=own_formulas)
    yield from _columns(sheet)
    merged = [_area(m.get("ref", "")) for m in sheet.iter(f"{MAIN}mergeCell")]
    yield from (f"merged cells overlap at {a}" for i, a in enumerate(merged) for b in merged[:i] if overlap(a, b))
    areas: list[Area] = []
    links = package.relations(part)
    for entry in sheet.iter(f"{MAIN}tablePart"):
        table = package.xml(links[entry.get(f"{REL}id", "")][0])
        tables.append(table)
        area = _area(table.get("ref", ""))
        yield from (f"the table {table.get('name')} overlaps {b}" for b in [*areas, *merged] if overlap(area, b))
        areas.append(area)
        yield from _table(table, area, texts)
    if areas and sheet.find(f"{MAIN}autoFilter") is not None:
        yield "it has a table and a filter of its own"
    yield from _rules(package, sheet)
    yield from _links(package, sheet)
    yield from _comments(package, part, sheet)
    for footer in sheet.iter(f"{MAIN}oddFooter"):
        if units(footer.text or "") > 255:
            yield "its footer is longer than 255"


def _area(ref: str) -> Area:
    left, top, right, bottom = range_boundaries(ref)
    return int(left), int(top), int(right), int(bottom)


def _cells(package: Package, sheet: ET.Element, texts: dict[tuple[int, int], str], *, own_formulas: bool) -> Iterator[str]:
    count = len(list(package.xml("xl/styles.xml").find(f"{MAIN}cellXfs") or []))
    last = 0
    for row in sheet.iter(f"{MAIN}row"):
        number, before = int(row.get("r", "0")), 0
        if number <= last or number > MOST_ROWS:
            yield f"row {number} follows row {last}"
        last = number
        if float(row.get("ht", "15")) > 409.5:
            yield f"row {number} is {row.get('ht')} points high"
        for cell in row:
            column, at = _area(cell.get("r", ""))[:2]
            if column <= before or at != number or column > MOST_COLUMNS:
                yield f"{cell.get('r')} stands out of order"
            before = column
            yield from _cell(package, cell, count, texts, (at, column), own_formulas=own_formulas)


def _cell(
    package: Package, cell: ET.Element, styles: int, texts: dict[tuple[int, int], str], at: tuple[int, int], *, own_formulas: bool
) -> Iterator[str]:
    where, kind, value = cell.get("r"), cell.get("t", "n"), cell.findtext(f"{MAIN}v")
    if int(cell.get("s", "0")) >= styles:
        yield f"{where} has style {cell.get('s')} of {styles}"
    if kind not in ("n", "s", "b", "inlineStr", "str", "d", "e"):
        yield f"{where} is of type {kind}"
    if (cell.find(f"{MAIN}is") is not None) != (kind == "inlineStr"):
        yield f"{where} is of type {kind} and holds another"
    if kind == "s" and value is not None:
        if not 0 <= int(value) < len(package.strings):
            yield f"{where} is text {value} of {len(package.strings)}"
        texts[at] = package.strings[int(value)]
    elif kind == "inlineStr":
        texts[at] = "".join(t.text or "" for t in cell.iter(f"{MAIN}t"))
    elif kind == "n" and value:
        try:
            float(value)
        except ValueError:
            yield f"{where} is the number {value}"
    if units(texts.get(at, "")) > 32_767 or texts.get(at, "").count("\n") > 253:
        yield f"{where} holds more text than a cell can"
    formula = cell.find(f"{MAIN}f")
    if formula is not None and own_formulas and not OUR_FORMULA.fullmatch(formula.text or ""):
        yield f"{where} is the formula {formula.text}"


def _columns(sheet: ET.Element) -> Iterator[str]:
    spans = [(int(c.get("min", "0")), int(c.get("max", "0"))) for c in sheet.iter(f"{MAIN}col")]
    yield from (f"columns {a} and {b} overlap" for a, b in pairwise(spans) if b[0] <= a[1])
    yield from (f"a column is {c.get('width')} wide" for c in sheet.iter(f"{MAIN}col") if float(c.get("width", "9")) > 255)


def _table(table: ET.Element, area: Area, texts: dict[tuple[int, int], str]) -> Iterator[str]:
    name = table.get("displayName", "")
    heads = [c.get("name", "") for c in table.iter(f"{MAIN}tableColumn")]
    written = [texts.get((area[1], column), "") for column in range(area[0], area[2] + 1)]
    if heads != written:
        yield f"the table {name} calls its columns {heads}, the cells say {written}"
    if len({h.casefold() for h in heads}) != len(heads) or not all(heads):
        yield f"the table {name} has columns alike or blank"
    if len({c.get("id") for c in table.iter(f"{MAIN}tableColumn")}) != len(heads):
        yield f"the table {name} has column ids alike"
    if area[3] <= area[1]:
        yield f"the table {name} has no row"
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.]{0,254}", name) or re.fullmatch(r"(?i)[a-z]{1,3}\d+|r\d*c\d*", name):
        yield f"{name} is no name for a table"
    filtered = table.find(f"{MAIN}autoFilter")
    if filtered is not None and _area(filtered.get("ref", "")) != area:
        yield f"the filter of the table {name} covers {filtered.get('ref')}"


def _rules(package: Package, sheet: ET.Element) -> Iterator[str]:
    ruled: list[Area] = []
    for rule in sheet.iter(f"{MAIN}dataValidation"):
        areas = [_area(area) for area in rule.get("sqref", "").split()]
        yield from (f"two drop-downs at {a}" for a in areas for b in ruled if overlap(a, b))
        ruled += areas
        for text, most in (("promptTitle", 32), ("errorTitle", 32), ("prompt", 255), ("error", 225)):
            if units(rule.get(text, "")) > most:
                yield f"the {text} of a drop-down is longer than {most}"
        source = rule.findtext(f"{MAIN}formula1") or ""
        if units(source) > 255:
            yield f"a drop-down is longer than 255: {source[:40]}"
        if rule.get("type") == "list" and not source.startswith('"') and not package.inside(source):
            yield f"a drop-down takes its options from {source}"


def _links(package: Package, sheet: ET.Element) -> Iterator[str]:
    links = list(sheet.iter(f"{MAIN}hyperlink"))
    if len(links) > 65_530:
        yield f"{len(links)} links"
    yield from (f"{ref} has two links" for ref, n in Counter(link.get("ref") for link in links).items() if n > 1)
    for link in links:
        location = link.get("location")
        if location and not package.inside(location):
            yield f"{link.get('ref')} leads to {location}"
        if location and units(location) > 255:
            yield f"{link.get('ref')} has an address longer than 255"
        if units(link.get("tooltip", "")) > 255:
            yield f"{link.get('ref')} has a tool-tip longer than 255"


def _comments(package: Package, part: str, sheet: ET.Element) -> Iterator[str]:
    targets = [target for target, _ in package.relations(part).values()]
    comments = [t for t in targets if re.search(r"comments?/?[^/]*\.xml$", t)]
    drawings = [t for t in targets if t.endswith(".vml")]
    if bool(comments) != (sheet.find(f"{MAIN}legacyDrawing") is not None) or len(comments) > 1:
        yield f"{len(comments)} parts of comments and {len(drawings)} of their boxes"
    for name in comments:
        found = package.xml(name)
        authors = len(list(found.iter(f"{MAIN}author")))
        refs = [c.get("ref", "") for c in found.iter(f"{MAIN}comment")]
        yield from (f"{ref} has two comments" for ref, n in Counter(refs).items() if n > 1)
        for comment in found.iter(f"{MAIN}comment"):
            if int(comment.get("authorId", "0")) >= authors:
                yield f"the comment at {comment.get('ref')} has no author"
            if units("".join(t.text or "" for t in comment.iter(f"{MAIN}t"))) > 32_767:
                yield f"the comment at {comment.get('ref')} is too long"
        boxes = sorted(box for d in drawings for box in _boxes(package.xml(d)))
        if boxes != sorted((_area(ref)[1], _area(ref)[0]) for ref in refs):
            yield f"comments at {refs} and boxes at {boxes}"


def _boxes(drawing: ET.Element) -> Iterator[tuple[int, int]]:
    """The cells (row, column; from 1) that the boxes of comments belong to."""
    for note in drawing.iter("{urn:schemas-microsoft-com:office:excel}ClientData"):
        if note.get("ObjectType") == "Note":
            row, column = (note.findtext(f"{{urn:schemas-microsoft-com:office:excel}}{k}") or "-1" for k in ("Row", "Column"))
            yield int(row) + 1, int(column) + 1


def _chart(package: Package, name: str) -> Iterator[str]:
    chart = package.xml(name)
    for reference in chart.iter(f"{CHART}f"):
        for place in (reference.text or "").strip("()").split(",'"):
            if not package.inside(place if place.startswith("'") else f"'{place}"):
                yield f"it draws {place}"
    for kind in ("idx", "order"):
        values = [s.find(f"{CHART}{kind}") for s in chart.iter(f"{CHART}ser")]
        numbers = [v.get("val") for v in values if v is not None]
        if len(numbers) != len(values) or len(set(numbers)) != len(numbers):
            yield f"its series have {kind} {numbers}"
    axes = {
        a.get("val")
        for tag in ("catAx", "valAx", "dateAx")
        for x in chart.iter(f"{CHART}{tag}")
        for a in x.findall(f"{CHART}axId")
    }
    crossed = {a.get("val") for a in chart.iter(f"{CHART}crossAx")}
    if not crossed <= axes:
        yield f"its axes cross {crossed - axes}, which are not there"
    for drawing in package.parts:
        if re.fullmatch(r"xl/drawings/drawing\d+\.xml", drawing):
            for anchor in package.xml(drawing).iter(f"{DRAW}twoCellAnchor"):
                corner = [
                    [int(anchor.findtext(f"{DRAW}{side}/{DRAW}{k}") or 0) for k in ("col", "row")] for side in ("from", "to")
                ]
                if corner[0][0] >= corner[1][0] or corner[0][1] >= corner[1][1]:
                    yield f"{drawing} has a chart from {corner[0]} to {corner[1]}"
