"""Names of themes."""

from dataclasses import replace

import pandas as pd
import pytest

from research_kit import labels
from research_kit.records import Theme
from research_kit.text.themes import names as theme_names
from research_kit.text.themes.chinese import tidy
from research_kit.text.themes.labels import named
from research_kit.text.vocabulary import knowledge


def label(texts, *, terms=("@size",), kind="pain", languages=None, language="en"):
    mentions = pd.DataFrame({"text": texts, "language": languages or [language] * len(texts)})
    theme = Theme("t", "", kind, "", terms=terms)
    return named([theme], mentions, pd.Series(["t"] * len(texts)), (), language)[0].label


def test_a_short_phrase_is_taken_over_a_sentence():
    assert label(["I really thought that my usual size would fit me here too", "runs small", "But it runs small"]) == "Runs small"


def test_the_part_that_holds_the_theme_is_taken():
    assert label(["好吃，可惜插座太少"], terms=("插座",), language="zh-Hant") == "插座太少"


def test_a_long_clause_gives_the_words_around_the_term():
    long = "after all of that the nice lady said to us that the tab completion of it had not been there at all today"

    assert label([long], terms=("tab completion",), kind="delight") == "Tab completion"


def test_the_language_of_the_study_is_preferred_where_enough_use_it():
    texts, languages = ["too small", "尺寸偏小"], ["en", "zh-Hant"]

    assert label(texts, languages=languages, language="zh-Hant") == "尺寸偏小"
    assert label(texts, languages=languages, language="en") == "Too small"


@pytest.mark.parametrize("text", ["runs small, as written!", "  尺寸偏小 "])
def test_a_label_stands_in_what_was_written(text):
    assert label([text], language="en" if text.isascii() else "zh-Hans").lower() in text


def test_words_that_only_one_person_uses_speak_against_a_label():
    waits = ["排隊動線很亂", "排隊半小時", "排隊", "一直排隊", "排隊排到門口", "中午排隊"]

    assert label(waits, terms=("@waiting",), language="zh-Hant") in {"排隊", "一直排隊"}


def test_a_phrase_that_says_what_is_wrong_is_taken():
    assert label(["parking", "parking lot", "No parking", "parking"], terms=("@parking",)) == "No parking"


def test_a_label_is_in_the_script_of_the_study():
    assert label(["等太久", "排队太久"], terms=("@waiting",), languages=["zh-Hans"] * 2, language="zh-Hant") in {
        "等太久",
        "排隊太久",
    }
    assert label(["尺寸太小"], languages=["zh-Hant"], language="zh-Hans") == "尺寸太小"


def test_a_theme_known_by_its_words_gets_its_plain_name_where_nobody_speaks_the_language():
    assert label(["the queue was long"] * 12, terms=("@waiting",), languages=["en"] * 12, language="zh-Hant") == "等太久"


def test_numbers_make_no_label():
    assert label(["4 files", "files", "12 files lost"], terms=("file",)) == "Files"


@pytest.mark.parametrize(
    ("texts", "terms", "found"),
    [
        (["Classes fill up too fast", "The morning classes fill up", "classes"], ("class fill",), "Classes fill up too fast"),
        (["Nobody told me", "Nobody told us the pool was closed"], ("nobody",), "Nobody told us the pool was closed"),
        (["I was told that the joining fee is not shown anywhere"], ("fee",), "Joining fee is not shown"),
        (["it was not easy at all to find the hidden lounge"], ("loung",), "Hidden lounge"),
        (["We had a very limited selection of hot food"], ("food",), "Limited selection of hot food"),
        (["and the showers are always cold though"], ("shower",), "Showers are always cold"),
    ],
)
def test_an_english_label_is_a_whole_phrase(texts, terms, found):
    assert label(texts, terms=terms) == found


@pytest.mark.parametrize(
    ("texts", "terms", "found"),
    [
        (["店員", "店員態度差", "店員不見了半小時才出來結帳"], ("店员",), "店員態度差"),
        (["排隊太久，廁所又髒", "排隊", "排隊排到門口還沒輪到我們這一組"], ("@waiting",), "排隊太久"),
        (["這家店的咖啡太酸了啦", "咖啡"], ("@coffee",), "咖啡太酸"),
        (["我覺得充電的插座真的太少，久坐很不方便"], ("插座",), "插座真的太少"),
        (["候診時間太長，椅子又不夠坐", "候診區空間太小"], ("候诊",), "候診時間太長"),
        (["付款的時候卡住了"], ("卡住",), "卡住了"),
    ],
)
def test_a_chinese_label_says_what_is_wrong(texts, terms, found):
    assert label(texts, terms=terms, language="zh-Hant") == found


def test_a_shouted_word_names_a_theme_once():
    texts = ["闪退闪退闪退", "先把闪退修好", "闪退", "经常闪退，背到一半进度没了", "闪退", "闪退！"]
    assert label(texts, terms=("@crash",), language="zh-Hans") == "闪退"


@pytest.mark.parametrize(
    ("piece", "kept"), [("門診時間是錯的", "門診時間是錯的"), ("櫃檯態度冷冷的", "櫃檯態度冷冷的"), ("味道不錯的", "味道不錯")]
)
def test_a_de_that_belongs_to_what_is_said_stays(piece, kept):
    assert tidy(piece) == kept


def test_a_label_does_not_lose_its_denial():
    assert label(["not easy to find", "it is not easy to find the entrance"], terms=("find",)).lower().startswith("not easy")


def test_themes_of_one_kind_have_different_names():
    mentions = pd.DataFrame({"text": ["slow app", "slow app", "slow app", "app is slow"], "language": "en"})
    themes = [Theme(name, "", "pain", "", terms=(name,)) for name in ("app", "slow")]
    first, second = named(themes, mentions, pd.Series(["app", "app", "slow", "slow"]), (), "en")

    assert first.label != second.label


def test_a_word_of_which_nothing_is_said_makes_no_theme():
    texts = ["we took the plane to Frankfurt that day", "another plane to Frankfurt was there", "to Frankfurt again with them"]

    assert label(texts, terms=("frankfurt",)) == ""


def test_the_small_words_of_a_name_have_no_capital():
    assert label(["Lack Of debugging"], terms=("debug",)) == "Lack of debugging"


def test_a_word_before_be_is_a_misspelt_verb_and_ends_no_name():
    assert label(["The editor cold be better.", "poor editing experience"], terms=("edit",)) == "Poor editing experience"


@pytest.mark.parametrize(
    ("texts", "terms", "language", "found"),
    [
        # each says what the others do not
        (
            ["Filling came out warm and I waited fifty minutes", "waiting past my slot", "they ran me into a queue"],
            "@waiting",
            "en",
            "Long waits",
        ),
        (["the receptionist shrugged", "front desk one star"], "@reception", "en", "Reception"),
        (["约好的教练迟到十五分钟", "不买课教练就不理你", "教练一年换四个"], "@teaching", "zh-Hans", "教练"),
        (["等了两小时看三分钟", "坐到中午才叫到，排队排到怀疑人生"], "@waiting", "zh-Hans", "等太久"),
    ],
)
def test_a_known_theme_is_not_named_by_what_one_person_says(texts, terms, language, found):
    assert label(texts, terms=(terms,), languages=[language] * len(texts), language=language) == found


def test_what_something_is_not_is_no_name():
    assert label(["Not development", "bad for development work", "slow development"], terms=("development",)) != "Not development"


def test_the_name_of_a_set_never_says_the_opposite_of_its_kind():
    late = Theme("delight-late", "", "delight", "", terms=("@late",))

    assert theme_names.of_set(late, "en") == ""
    assert theme_names.of_set(replace(late, kind="pain"), "en") == "Late"
    assert theme_names.of_set(Theme("pain-fast", "", "pain", "", terms=("@fast",)), "zh-Hant") == ""


def test_every_set_has_a_name():
    assert set(labels.keys("themes")) == {key for key in knowledge.synonyms() if not key.startswith("_")}
