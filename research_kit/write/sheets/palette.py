"""How the workbook looks: one restrained palette and every style by name."""

from __future__ import annotations

from dataclasses import dataclass, replace

INK, NAVY, SLATE, MIST, LINE, WHITE = "1F2933", "16324F", "5B6B7B", "F3F5F7", "D5DBE1", "FFFFFF"
ACCENT, GOOD, BAD, GREY = "21708C", "1F5F44", "9A352C", "66717D"
FOOT = "1A5C74"
EDITED = "FFF6D6"
FILL_IN = "FFFBEA"
STAGES = ("1D3B5C", "24557A", "29688A", "2A7684", "35796D", "557A52", "78713C", "8F6335")
"""White on each of them, and each text colour on each tint, keeps a contrast of 4.5 (tests/write/test_looks.py)."""
LINES = ("16324F", "C07A2C", "2E7D5B", "8A5A9E", "5B6B7B", "B5443A")
VALENCE = (("F2C4BD", -0.35), ("F9E3DE", -0.1), ("EEF0F2", 0.1), ("DDEEE4", 0.35), ("B5DBC6", 2.0))
FONTS = {"en": "Arial", "zh-Hant": "Microsoft JhengHei", "zh-Hans": "Microsoft YaHei"}


@dataclass(frozen=True)
class Style:
    """A cell's looks; sizes in points."""

    size: float = 10
    bold: bool = False
    italic: bool = False
    color: str = INK
    fill: str = ""
    across: str = "left"
    up: str = "top"
    wrap: bool = True
    bottom: str = ""
    """Colour of the line below."""
    line: str = "thin"
    """Kind of that line."""
    box: str = ""
    """Colour of a line all around."""
    sides: str = "lrtb"
    """Which sides the box has: l, r, t, b."""
    indent: int = 0
    number: str = "General"


STYLES: dict[str, Style] = {
    "body": Style(),
    "small": Style(size=8.5, color=SLATE),
    "note": Style(size=9, italic=True, color=SLATE),
    "kicker": Style(size=9, bold=True, color=ACCENT, wrap=False, up="center"),
    "kicker_right": Style(size=9, color=SLATE, across="right", wrap=False, up="center"),
    "title": Style(size=22, bold=True, color=NAVY, wrap=False, up="center"),
    "title_long": Style(size=22, bold=True, color=NAVY, up="center"),
    "subtitle": Style(size=11, color=SLATE, up="center"),
    "heading": Style(size=13, bold=True, color=NAVY, wrap=False, up="center", bottom=NAVY),
    "big": Style(size=24, bold=True, color=NAVY, up="center", fill=MIST, indent=1, wrap=False),
    "card": Style(size=10, fill=MIST, up="center", indent=1),
    "card_quote": Style(size=11, italic=True, color=NAVY, fill=MIST, up="center", indent=1),
    "card_label": Style(size=8.5, bold=True, color=ACCENT, fill=MIST, up="center", wrap=False, indent=1),
    "card_title": Style(size=13, bold=True, color=NAVY, fill=MIST, up="center", indent=1),
    "stage": Style(size=12, bold=True, color=WHITE, fill=NAVY, across="center", up="center", box=WHITE),
    "stage_note": Style(size=8.5, color=SLATE, fill=MIST, across="center", up="center", box=WHITE),
    "corner": Style(size=9, bold=True, color=SLATE, up="center"),
    "lane": Style(size=10, bold=True, color=NAVY, fill=MIST, up="center", bottom=LINE, indent=1),
    "lane_top": Style(size=10, bold=True, color=NAVY, fill=MIST, up="center", indent=1),
    "lane_foot": Style(size=8, color=SLATE, fill=MIST, up="center", bottom=LINE, indent=1),
    "lane_note": Style(size=8.5, color=SLATE, fill=MIST, up="center", bottom=LINE, indent=1),
    "cell": Style(size=10, box=LINE, indent=1, up="center"),
    "cell_pain": Style(size=10, box=LINE, fill="FCF1EF", indent=1, up="center"),
    "cell_delight": Style(size=10, box=LINE, fill="EEF6F0", indent=1, up="center"),
    "cell_opportunity": Style(size=10, box=LINE, fill="EFF6FA", indent=1, up="center"),
    "cell_quote": Style(size=9.5, italic=True, color="3E4C59", box=LINE, indent=1, up="center"),
    "cell_emotion": Style(size=10, bold=True, across="center", up="center", box=LINE),
    "cell_thin": Style(size=9, italic=True, color=GREY, fill="F5F5F5", across="center", up="center", box=LINE),
    "cell_fill": Style(size=9.5, italic=True, color=SLATE, fill=FILL_IN, box=LINE, indent=1, up="center"),
    "axis_top": Style(size=8.5, color=SLATE, fill=MIST, across="right", up="top", indent=1),
    "lane_open": Style(size=10, bold=True, color=NAVY, fill=MIST, up="center", indent=1),
    "axis_bottom": Style(size=8.5, color=SLATE, fill=MIST, across="right", up="bottom", bottom=LINE, indent=1),
    "cell_curve": Style(size=10),
    "cell_count": Style(size=8.5, color=SLATE, across="center", up="center", box=LINE),
    "cell_mean": Style(size=11, bold=True, across="center", up="center", box=LINE, number='+0.00;"−"0.00;0.00'),
    "cell_mean_best": Style(size=11, bold=True, color=GOOD, across="center", up="center", box=LINE),
    "cell_mean_worst": Style(size=11, bold=True, color=BAD, across="center", up="center", box=LINE),
    "cell_target": Style(size=11, bold=True, fill=FILL_IN, across="center", up="center", box=LINE, number='+0.00;"−"0.00;0.00'),
    "cell_stability": Style(size=11, bold=True, across="center", up="center", box=LINE, number="0.00"),
    "cell_reach": Style(size=10, across="center", up="center", box=LINE, number="0%"),
    "boundary": Style(size=8.5, italic=True, color=SLATE, up="center", bottom=SLATE, line="mediumDashed", wrap=False),
    "chip": Style(size=8.5, across="center", up="center", box=WHITE),
    "legend": Style(size=8.5, color=SLATE, up="center"),
    "th": Style(size=9.5, bold=True, color=WHITE, fill=NAVY, up="center", box=WHITE, indent=1),
    "th_number": Style(size=9.5, bold=True, color=WHITE, fill=NAVY, across="right", up="center", box=WHITE, indent=1),
    "td": Style(size=9.5, bottom=LINE, up="center", indent=1),
    "td_bold": Style(size=9.5, bold=True, bottom=LINE, color=NAVY, up="center", indent=1),
    "td_small": Style(size=8.5, color=SLATE, bottom=LINE, up="center", indent=1),
    "td_int": Style(size=9.5, bottom=LINE, across="right", number="#,##0", up="center", indent=1),
    "td_row": Style(size=9.5, bottom=LINE, across="right", number="0", up="center", indent=1),
    "td_share": Style(size=9.5, bottom=LINE, across="right", number="0.0%", up="center", indent=1),
    "td_dec": Style(size=9.5, bottom=LINE, across="right", number="0.00", up="center", indent=1),
    "td_signed": Style(size=9.5, bottom=LINE, across="right", up="center", number='+0.00;"−"0.00;0.00', indent=1),
    "td_points": Style(size=9.5, bottom=LINE, across="right", up="center", number='+0.0%;"−"0.0%;0.0%', indent=1),
    "td_mean": Style(size=9.5, bottom=LINE, across="right", up="center", number="0.00", indent=1),
    "td_p": Style(size=9.5, bottom=LINE, across="right", up="center", number="0.000", indent=1),
    "td_text": Style(size=9.5, bottom=LINE, number="@", up="center", indent=1),
    "td_quote": Style(size=9, italic=True, color=SLATE, bottom=LINE, up="center", indent=1),
    "td_number_link": Style(
        size=9.5, bold=True, bottom=LINE, color=ACCENT, across="right", up="center", number="#,##0", indent=1
    ),
    "td_link": Style(size=9.5, bottom=LINE, color=ACCENT, up="center", indent=1),
    "td_input": Style(size=9.5, bottom=LINE, fill=FILL_IN, up="center", indent=1),
    "td_date": Style(size=9.5, bottom=LINE, fill=FILL_IN, number="yyyy-mm-dd", up="center", indent=1),
    "bullet": Style(size=10.5, up="center", indent=1),
    "number": Style(size=18, bold=True, color=NAVY, fill=MIST, across="center", up="center", number="#,##0", wrap=False),
    "number_share": Style(size=18, bold=True, color=NAVY, fill=MIST, across="center", up="center", number="0%", wrap=False),
    "number_label": Style(size=8.5, color=SLATE, fill=MIST, across="center", up="center"),
    "heat": Style(size=11, bold=True, across="center", up="center", box=WHITE, number='+0.00;"−"0.00;0.00'),
    "heat_thin": Style(size=9, italic=True, color=GREY, fill="F5F5F5", across="center", up="center", box=WHITE),
    "heat_head": Style(size=9.5, bold=True, color=WHITE, fill=NAVY, across="center", up="center", box=WHITE),
    "heat_name": Style(size=10, bold=True, color=NAVY, fill=MIST, up="center", box=WHITE, indent=1),
}


def valence_fill(value: float | None) -> str:
    """The tint of a valence of -1..1; that of "neutral" when there is none."""
    if value is None:
        return "F5F5F5"
    return next(fill for fill, upto in VALENCE if value < upto)


def stage_fill(index: int, count: int, own: str = "") -> str:
    """The colour of a stage: its own when the study gives one, else spread over the palette."""
    if len(own.lstrip("#")) == 6 and all(c in "0123456789abcdefABCDEF" for c in own.lstrip("#")):
        return own.lstrip("#").upper()
    if count <= len(STAGES):
        return STAGES[index * len(STAGES) // max(count, 1)] if count < 4 else STAGES[index]
    return STAGES[index % len(STAGES)]


def severity_fill(value: float) -> str:
    """The tint of a severity of 0..1."""
    return VALENCE[0][0] if value >= 0.66 else VALENCE[1][0] if value >= 0.33 else ""


def _feet() -> dict[str, Style]:
    """The foot of a map cell looks like its cell, with the line between them left out."""
    feet = {"foot": "cell", "foot_pain_points": "cell_pain", "foot_delights": "cell_delight", "foot_opportunities": "cell_opportunity",
            "foot_quotes": "cell_quote", "foot_emotions": "cell_emotion", "foot_thin": "cell_thin"}  # fmt: skip
    return {name: Style(size=8, color=FOOT, fill=STYLES[cell].fill, across="right", up="center", box=LINE, sides="lrb", indent=1,
                        number="#,##0") for name, cell in feet.items()}  # fmt: skip


_BODIES = ("cell", "cell_pain", "cell_delight", "cell_opportunity", "cell_quote", "cell_emotion", "cell_thin")
STYLES |= _feet() | {f"{name}_top": replace(STYLES[name], sides="lrt") for name in _BODIES}
