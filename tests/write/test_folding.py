"""Where a line of a terminal may break, in the three languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from research_kit.write.folding import cells, folded


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("It may form personas, by and by.", 14, ["It may form", "personas, by", "and by."]),
        ("336 人只給了 4 種不同的回答。", 14, ["336 人只給了 4", "種不同的回答。"]),
        ("只用來描述，不用來形成。", 10, ["只用來描", "述，不用來", "形成。"]),  # no line begins with a comma
        ("由低到高：“非常同意”最高", 10, ["由低到高：", "“非常同意”", "最高"]),
        ("The map: reports/a_very_long_name.xlsx", 15, ["The map:", "reports/a_very_long_name.xlsx"]),
        ("", 10, [""]),
        ("   ", 10, [""]),
    ],
)
def test_lines_break_where_the_language_lets_them(text: str, width: int, lines: list[str]) -> None:
    assert folded(text, width) == lines


@given(text=some.text(alphabet="ab 、。，中文字「」（）-1", max_size=60), width=some.integers(8, 40))
def test_a_line_is_too_wide_only_where_it_cannot_break_and_no_word_is_lost(text: str, width: int) -> None:
    lines = folded(text, width)

    assert all(cells(line) <= width or len(folded(line, 1)) == 1 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_width_is_that_of_a_terminal() -> None:
    assert [cells(text) for text in ("abc", "中文", "，", "é", "e\u0301", "“中”", "😀", "")] == [3, 4, 2, 1, 1, 4, 2, 0]
