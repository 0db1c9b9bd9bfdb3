"""Native charts: the emotion curve under its stages, and the priority matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from openpyxl.chart import LineChart, ScatterChart
from openpyxl.chart.data_source import AxDataSource, NumDataSource, NumRef, StrRef
from openpyxl.chart.error_bar import ErrorBars
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.marker import DataPoint, Marker
from openpyxl.chart.reference import Reference
from openpyxl.chart.series import Series as LineSeries
from openpyxl.chart.series import SeriesLabel
from openpyxl.chart.series_factory import SeriesFactory
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.drawing.text import CharacterProperties, Font, Paragraph, ParagraphProperties
from openpyxl.utils import get_column_letter, quote_sheetname

from research_kit.write.sheets.model import Curve, Matrix, Series
from research_kit.write.sheets.palette import LINE, SLATE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

EMU = 12_700
"""English metric units in a point."""


def _text(font: str, size: int = 800, color: str = SLATE) -> RichText:
    properties = CharacterProperties(sz=size, b=False, solidFill=color, latin=Font(typeface=font), ea=Font(typeface=font))
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=properties), endParaRPr=properties)])


def _line(color: str, points: float, *, dashed: bool = False) -> LineProperties:
    return LineProperties(solidFill=color, w=round(points * EMU), prstDash="sysDash" if dashed else None)


def _bare(chart: Any) -> None:
    """No frame and no background: the sheet shines through."""
    chart.graphical_properties = GraphicalProperties(noFill=True, ln=LineProperties(noFill=True))
    chart.plot_area.graphicalProperties = GraphicalProperties(noFill=True, ln=LineProperties(noFill=True))
    chart.roundedCorners = False


def _anchor(chart: Any, rows: tuple[int, int], columns: tuple[int, int]) -> None:
    chart.anchor = TwoCellAnchor(
        editAs="twoCell",
        _from=AnchorMarker(col=columns[0] - 1, row=rows[0] - 1),
        to=AnchorMarker(col=columns[1], row=rows[1]),
    )


def _marker(color: str, size: int) -> Marker:
    marker = Marker(symbol="circle", size=size)
    marker.graphicalProperties = GraphicalProperties(solidFill=color, ln=_line("FFFFFF", 1.25))
    return marker


class _Cells:
    """Where the numbers of a curve stand: in one row, or in one column with other rows between them."""

    def __init__(self, ws: Worksheet, curve: Curve, rows: Mapping[str, int], columns: Mapping[str, int]) -> None:
        self.sheet, self.curve, self.rows, self.columns = quote_sheetname(ws.title), curve, rows, columns
        self.stages = curve.stages or curve.columns

    def reference(self, key: str) -> str:
        """The cells of this row, or of this column."""
        if not self.curve.stages:
            first, last = self.columns[self.stages[0]], self.columns[self.stages[-1]]
            return f"{self.sheet}!${get_column_letter(first)}${self.rows[key]}:${get_column_letter(last)}${self.rows[key]}"
        return self._down(key, self.stages)

    def distances(self, item: Series, part: str) -> str:
        """The cells of the distances to one end of the interval."""
        return self._down(item.row, [f"{part}:{stage}" for stage in self.stages]) if self.curve.stages else self.reference(part)

    def _down(self, column: str, rows: Sequence[str]) -> str:
        single = [f"{self.sheet}!${get_column_letter(self.columns[column])}${self.rows[row]}" for row in rows]
        return single[0] if len(single) == 1 else f"({','.join(single)})"

    def index(self, stage: str) -> int:
        """The position of a stage's point in its series."""
        if self.curve.stages:
            return self.stages.index(stage)
        return self.columns[stage] - self.columns[self.stages[0]]


def _bars(item: Series, cells: _Cells) -> ErrorBars | None:
    """The interval of each point."""
    if not item.plus or not item.minus:
        return None
    plus, minus = (NumDataSource(numRef=NumRef(f=cells.distances(item, part))) for part in (item.plus, item.minus))
    looks = GraphicalProperties(ln=_line(item.color, 0.75))
    return ErrorBars(errDir="y", errBarType="both", errValType="cust", noEndCap=False, plus=plus, minus=minus, spPr=looks)


def _series(item: Series, cells: _Cells) -> Any:
    """One line with its points and intervals."""
    series = LineSeries(tx=SeriesLabel(v=item.name), val=NumDataSource(numRef=NumRef(f=cells.reference(item.row))))
    series.cat = AxDataSource(strRef=StrRef(cells.reference(cells.curve.categories)))
    series.smooth = True
    line = _line(item.color, 1.5 if item.dashed else 2.5, dashed=item.dashed)
    series.graphicalProperties = GraphicalProperties(ln=line)
    series.marker = _marker(item.color, 7)
    for key, (color, size) in item.points.items():
        point = DataPoint(idx=cells.index(key))
        point.marker = _marker(color, size)
        point.spPr = GraphicalProperties(solidFill=color, ln=line)
        series.dPt.append(point)
    series.errBars = _bars(item, cells)
    return series


def _curve(ws: Worksheet, curve: Curve, rows: Mapping[str, int], columns: Mapping[str, int], font: str) -> LineChart:
    chart, cells = LineChart(), _Cells(ws, curve, rows, columns)
    for number, item in enumerate(curve.series):
        series = _series(item, cells)
        series.idx = series.order = number
        chart.series.append(series)
    _bare(chart)
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = -curve.reach, curve.reach
    chart.y_axis.majorUnit = curve.reach / 2
    chart.y_axis.delete = True
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(ln=_line("E8ECEF", 0.5))
    chart.x_axis.delete = False
    if curve.stages:  # nothing above or below it says which point is which stage
        chart.x_axis.tickLblPos = "low"
        chart.x_axis.txPr = _text(font, 900)
    else:
        vars(chart.x_axis)["tickLblPos"] = "none"  # openpyxl takes "none" for "say nothing", and the names would cross the curve
    chart.x_axis.majorTickMark = "none"
    chart.x_axis.graphicalProperties = GraphicalProperties(ln=_line("AEB8C2", 1))
    chart.display_blanks = "gap"
    chart.visible_cells_only = False
    many = len(curve.series) > 1
    chart.legend = chart.legend if many else None
    if many:
        chart.legend.position = "t"
        chart.legend.overlay = True
        chart.legend.txPr = _text(font)
    inner = ManualLayout(layoutTarget="inner", xMode="edge", yMode="edge", x=0.0, y=0.0, w=1.0, h=0.82 if curve.stages else 1.0)
    chart.layout = Layout(manualLayout=inner)
    _anchor(chart, (rows[curve.over], rows[curve.under]), (columns[curve.columns[0]], columns[curve.columns[-1]]))
    return chart


def _matrix(ws: Worksheet, matrix: Matrix, rows: Mapping[str, int], columns: Mapping[str, int], font: str) -> ScatterChart:
    place = quote_sheetname(ws.title)
    chart = ScatterChart()
    chart.style = 13
    chart.scatterStyle = "lineMarker"
    for dot in matrix.dots:
        x = f"{place}!${get_column_letter(columns[matrix.x])}${rows[dot.row]}"
        y = f"{place}!${get_column_letter(columns[matrix.y])}${rows[dot.row]}"
        series = SeriesFactory(Reference(ws, range_string=y), Reference(ws, range_string=x))
        series.tx = SeriesLabel(v=dot.label)
        series.marker = _marker(dot.color, 11)
        series.graphicalProperties = GraphicalProperties(ln=LineProperties(noFill=True))
        labels = DataLabelList(showSerName=True, showVal=False, showCatName=False, showLegendKey=False, showPercent=False)
        labels.position = "r"
        labels.txPr = _text(font, 800)
        series.dLbls = labels
        chart.series.append(series)
    _bare(chart)
    for axis, title in ((chart.x_axis, matrix.x_title), (chart.y_axis, matrix.y_title)):
        axis.title = title
        axis.title.tx.rich.p[0].pPr = ParagraphProperties(defRPr=CharacterProperties(sz=900, b=True, solidFill=SLATE))
        axis.title.overlay = False
        axis.delete = False
        axis.number_format = "0%"
        axis.scaling.min = 0
        axis.majorGridlines.spPr = GraphicalProperties(ln=_line("E8ECEF", 0.5))
        axis.graphicalProperties = GraphicalProperties(ln=_line(LINE, 0.75))
        axis.txPr = _text(font)
    chart.y_axis.scaling.max = 1
    chart.y_axis.majorUnit = 0.25
    chart.legend = None
    _anchor(chart, (rows[matrix.over], rows[matrix.over]), (columns[matrix.first], columns[matrix.last]))
    return chart


def add_chart(ws: Worksheet, chart: Curve | Matrix, rows: Mapping[str, int], columns: Mapping[str, int], font: str) -> None:
    """Lay a described chart over its row."""
    make: Any = _curve if isinstance(chart, Curve) else _matrix
    ws.add_chart(make(ws, chart, rows, columns, font))
