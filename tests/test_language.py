"""Which language a text is in, and one script for analysis."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from research_kit.language import detect, in_script, majority, to_simplified
from research_kit.records import Language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The queue was long", "en"),
        ("meh", "en"),
        ("Nothing", "en"),
        ("pip install fails on Windows", "en"),
        ("等了四十分鐘，店員很親切", "zh-Hant"),
        ("这个软件总是崩溃", "zh-Hans"),
        ("店員很 nice，拿鐵很好喝", "zh-Hant"),
        ("用 iPhone 15 Pro 登录就闪退", "zh-Hans"),
        ("The app keeps crashing, 每次都這樣，氣死", "mixed"),
        ("No me gusta el servicio, es muy lento", "other"),
        ("Le service est très lent", "other"),
        ("Das ist nicht gut", "other"),
        ("サービスがとても良いです", "other"),
        ("Очень плохо", "other"),
        ("No me gusta nada", "other"),
        ("Très bon service", "other"),
        ("Schnelle Lieferung", "other"),
        ("Muito bom", "other"),
        ("Gracias", "other"),
        ("Multiple kernels per notebook", "en"),
        ("non linear editing", "en"),
        ("3D visualization (a la VTK)", "en"),
        ("IDEs (PyCharm et al)", "en"),
        ("Todo lists", "en"),
        ("Notes plus live execution", "en"),
        ("Muy bonito", "other"),  # one foreign word is enough among few
        ("Rất tốt", "other"),
        ("No", "en"),
        ("N/A", "en"),
        ("No, it works fine", "en"),
        ("My son was happy", "en"),
        ("Café was nice", "en"),
        ("Pain au chocolat was amazing", "en"),
    ],
)
def test_language_of_a_text(text: str, language: str) -> None:
    assert detect(text) == language


def test_characters_that_both_scripts_share_follow_the_default() -> None:
    assert detect("很好", "zh-Hant") == "zh-Hant"
    assert detect("很好", "zh-Hans") == "zh-Hans"
    assert detect("很好") == "zh-Hans"


def test_the_majority_decides_the_outputs() -> None:
    assert majority(["請問您多久來一次？", "性別", "How did you hear of us?"]) == "zh-Hant"
    assert majority(["您多久来一次？", "性别"]) == "zh-Hans"
    assert majority([]) == "en"
    assert majority(["請問您多久來一次？", "很好", "不好", "好"]) == "zh-Hant"  # both scripts write these alike
    assert majority(["年齢", "料理の満足度を教えてください", "接客の満足度はいかがですか"]) == "en"  # Japanese


def test_analysis_is_in_simplified_characters() -> None:
    assert to_simplified("軟體體驗很糟糕") == "软体体验很糟糕"
    assert to_simplified("plain") == "plain"


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_conversion_keeps_every_offset(text: str) -> None:
    assert len(to_simplified(text)) == len(text)
    assert to_simplified(to_simplified(text)) == to_simplified(text)


@given(st.text())
def test_every_text_has_a_language(text: str) -> None:
    assert detect(text) in ("en", "zh-Hant", "zh-Hans", "mixed", "other")


@pytest.mark.parametrize(
    ("text", "language", "written"),
    [
        ("这间店的员工", "zh-Hant", "這間店的員工"),
        ("這间店", "zh-Hant", "這间店"),  # both scripts in one text: a name, a quote
        ("好吃", "zh-Hant", "好吃"),
        ("這間店的員工", "zh-Hans", "这间店的员工"),
        ("这间店", "en", "这间店"),
        ("the shop", "zh-Hant", "the shop"),
    ],
)
def test_a_text_in_the_script_of_the_outputs(text: str, language: Language, written: str) -> None:
    assert in_script(text, language) == written


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("我們 use it every single day 都在用", "mixed"),  # four English words in a row
        ("app 好 slow 卡 bug 多 crash", "mixed"),  # as many English words as Chinese characters
        ("這個 app 的 push 通知太多了，一直跳", "zh-Hant"),
    ],
)
def test_names_of_products_make_no_text_mixed(text: str, language: str) -> None:
    assert detect(text) == language
