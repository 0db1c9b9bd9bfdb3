"""The same text comes back from every encoding of section 0.2, however little of it there is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from research_kit.errors import InputError
from research_kit.labels import say
from research_kit.reading import read_export
from research_kit.reading.encoding import decode
from research_kit.study import SourceSpec

HANT = "填答時間,性別,您覺得店員的服務如何？\n2026-03-01,女,店員很親切，但是咖啡太貴了\n2026-03-02,男,等太久\n"
HANS = "序号,提交答卷时间,您觉得服务怎么样？\n1,2026/3/1,服务很好，价格太贵\n2,2026/3/2,排队时间长\n"
WEST = "id,Où ?,Wie war’s?\n1,café,schöne Gerät – naïve\n2,Zoë,¿Cómo está?\n"
ENGLISH = "id,how,why\n1,it’s fine – “really”,none\n2,good,bad\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "big5", "cp950", "big5hkscs", "gb18030"]
)
def test_traditional_chinese(encoding: str) -> None:
    assert decode(HANT.encode(encoding)).text == HANT


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gbk", "gb2312", "gb18030"])
def test_simplified_chinese(encoding: str) -> None:
    assert decode(HANS.encode(encoding)).text == HANS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "mac_roman"])
@pytest.mark.parametrize("text", [WEST, ENGLISH])
def test_western(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("填答時間\n", "big5"), ("序号,提交答卷时间\n", "gb18030"), ("来源\n", "gb18030"), ("評論,評分\n好吃,5\n", "big5"), ("评论,评分\n好吃,5\n", "gbk"),
        ("難用\n", "big5"), ("café\n", "cp1252"), ("naïve résumé\n", "mac_roman"), ("回答：アンケート\n", "shift_jis"), ("설문 응답 시간\n", "euc_kr"),
    ],
)  # fmt: skip
def test_a_few_characters_are_enough(text: str, encoding: str) -> None:
    """A header is sometimes all there is to go by."""
    assert decode(text.encode(encoding)).text == text


HAN_HANT = "我覺得這家店的服務很好可是價格有點貴希望可以改善下次還會再來謝謝你們辛苦了環境乾淨餐點美味等候時間太長建議增加座位"
HAN_HANS = "我觉得这家店的服务很好可是价格有点贵希望可以改善下次还会再来谢谢你们辛苦了环境干净餐点美味等候时间太长建议增加座位"


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(HAN_HANT), min_size=6, max_size=40))
def test_any_traditional_answer_in_big5(characters: list[str]) -> None:
    text = "id,意見\n1," + "".join(characters) + "\n"

    assert decode(text.encode("big5")).text == text


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(HAN_HANS), min_size=6, max_size=40))
def test_any_simplified_answer_in_gb18030(characters: list[str]) -> None:
    text = "id,意见\n1," + "".join(characters) + "\n"

    assert decode(text.encode("gb18030")).text == text


def test_a_declared_encoding_is_obeyed() -> None:
    """Even when it is wrong: the researcher sees what they asked for."""
    assert decode("填答時間".encode("big5"), declared="big5").text == "填答時間"
    assert decode("é".encode(), declared="cp1252").text == "Ã©"


def test_a_guess_between_likely_encodings_is_told(tmp_path: Path) -> None:
    """A few letters of Mac Roman are signs in Windows-1252, too."""
    sure, unsure = tmp_path / "a.csv", tmp_path / "b.csv"
    sure.write_bytes("id,why\n1,café\n".encode("mac_roman"))
    unsure.write_bytes("id,why\n1,naïve Zoë\n".encode("mac_roman"))

    assert read_export(SourceSpec(path=sure)).notes == ()
    assert [say(n, "en") for n in read_export(SourceSpec(path=unsure)).notes] == [
        "The encoding was guessed as cp1252; if the text looks wrong, say which it is (encoding = ...)."
    ]
    assert read_export(SourceSpec(path=unsure, encoding="mac_roman")).cells.loc[2, 1] == "naïve Zoë"


def test_an_unknown_encoding_is_refused() -> None:
    with pytest.raises(InputError, match="“utf-9” is not known"):
        decode(b"a", declared="utf-9")


def test_utf8_with_one_broken_character_stays_utf8() -> None:
    """A file cut in the middle of a character, or one pasted cell."""
    decoded = decode(HANT.encode()[:-2] + b"\xff\n")

    assert decoded.encoding == "utf-8"
    assert decoded.unreadable >= 1
    assert decoded.text.startswith("填答時間,性別")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "big5"])
def test_exports_read_alike_from_every_encoding(encoding: str, tmp_path: Path) -> None:
    plain, other = tmp_path / "a.csv", tmp_path / "b.csv"
    plain.write_bytes(HANT.encode())
    other.write_bytes(HANT.encode(encoding))
    first, second = read_export(SourceSpec(path=plain)), read_export(SourceSpec(path=other))

    assert first.cells.equals(second.cells)
    assert first.columns == second.columns
    assert second.notes == first.notes


def test_an_export_names_its_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(HANS.encode("gbk"))

    assert read_export(SourceSpec(path=path)).encoding == "gb18030"
    assert read_export(SourceSpec(path=path, encoding="gbk")).cells.loc[2, 2] == "服务很好，价格太贵"


def test_a_wrong_declared_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "museum.csv"
    path.write_text("您住在哪個縣市,這次來的目的是什麼？\n" + "台北市,看特展，順便逛逛😀\n" * 20, encoding="utf-8")

    with pytest.raises(InputError, match=r"museum\.csv cannot be read as big5: leave encoding out"):
        read_export(SourceSpec(path=path, encoding="big5"))
