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
from openpyxl.chart.series import SeriesLabel
from openpyxl.chart.series_factory import SeriesFactory
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.drawing.text import CharacterProperties, Font, Paragraph, ParagraphProperties
from openpyxl.utils import get_column_letter, quote_sheetname

from research_kit.write.sheets.model import Curve, Matrix
from research_kit.write.sheets.palette import LINE, SLATE

if TYPE_CHECKING:
    from collections.abc import Mapping

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


def _curve(ws: Worksheet, curve: Curve, rows: Mapping[str, int], columns: Mapping[str, int], font: str) -> LineChart:
    first, last = columns[curve.columns[0]], columns[curve.columns[-1]]
    place = quote_sheetname(ws.title)

    def across(row: str) -> str:
        number = rows[row]
        return f"{place}!${get_column_letter(first)}${number}:${get_column_letter(last)}${number}"

    chart = LineChart()
    for item in curve.series:
        reference = Reference(ws, min_col=first, max_col=last, min_row=rows[item.row])
        series = SeriesFactory(reference, title=item.name)
        series.cat = AxDataSource(strRef=StrRef(across(curve.categories)))
        series.smooth = True
        series.graphicalProperties = GraphicalProperties(ln=_line(item.color, 1.5 if item.dashed else 2.5, dashed=item.dashed))
        series.marker = _marker(item.color, 7)
        for key, (color, size) in item.points.items():
            point = DataPoint(idx=columns[key] - first)
            point.marker = _marker(color, size)
            point.spPr = GraphicalProperties(
                solidFill=color, ln=_line(item.color, 1.5 if item.dashed else 2.5, dashed=item.dashed)
            )
            series.dPt.append(point)
        if item.plus and item.minus:
            series.errBars = ErrorBars(
                errDir="y", errBarType="both", errValType="cust", noEndCap=False,
                plus=NumDataSource(numRef=NumRef(f=across(item.plus))),
                minus=NumDataSource(numRef=NumRef(f=across(item.minus))),
                spPr=GraphicalProperties(ln=_line(item.color, 0.75)),
            )  # fmt: skip
        chart.series.append(series)
    _bare(chart)
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = -curve.reach, curve.reach
    chart.y_axis.majorUnit = curve.reach / 2
    chart.y_axis.delete = True
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(ln=_line("E8ECEF", 0.5))
    chart.x_axis.delete = False
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
    inner = ManualLayout(layoutTarget="inner", xMode="edge", yMode="edge", x=0.0, y=0.0, w=1.0, h=1.0)
    chart.layout = Layout(manualLayout=inner)
    _anchor(chart, (rows[curve.over], rows[curve.under]), (first, last))
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
